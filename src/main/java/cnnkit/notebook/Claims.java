package cnnkit.notebook;

import cnnkit.tensor.Text;

/**
 * Sentences that a notebook proves as it runs.
 * <pre>
 *     import static cnnkit.notebook.Claims.*;
 *     claim("Conv1 has 780 parameters", summary.line("Conv1").parameters() == 780);
 *     claimFails("a 5x5 window does not fit a 4x4 picture", () -&gt; Window.of(5).outputHeight(4));
 *     reproduces("the recorded run of seed 1", live.equals(recorded));
 * </pre>
 */
public final class Claims {
    private Claims() {}

    /** Something that may fail. */
    @FunctionalInterface
    public interface Action {
        /**
         * Does it.
         *
         * @throws Exception if it fails
         */
        void run() throws Exception;
    }

    /**
     * Claims something, and stops the notebook if it is not so.
     *
     * @param sentence what is claimed
     * @param holds whether it is so
     * @throws ClaimException if it is not
     */
    public static void claim(String sentence, boolean holds) {
        if (!holds && !Replication.isRunning()) {
            throw failure(Text.error("claim fails: %s", sentence));
        }
        System.out.println((holds ? "✓ " : "✗ ") + sentence);
    }

    /**
     * Says that a run gave the bits that were recorded. That is no claim about networks: it could fail only by a mistake of
     * the kit, and holds for the recorded seed alone.
     *
     * @param sentence what was repeated
     * @param same whether all of it is the same
     * @throws ClaimException if it is not
     */
    public static void reproduces(String sentence, boolean same) {
        if (Replication.isRunning()) {
            return;
        }
        if (!same) {
            throw failure(Text.error("not reproduced: %s", sentence));
        }
        System.out.println("= " + sentence);
    }

    /**
     * Claims that something is refused, and shows the words of the refusal.
     *
     * @param sentence what is claimed
     * @param action what must be refused with an exception that explains itself
     * @throws ClaimException if it is not refused, or by an accident such as a NullPointerException
     */
    public static void claimFails(String sentence, Action action) {
        try {
            action.run();
        } catch (NullPointerException | ClassCastException e) {
            throw new ClaimException(
                    Text.error("claim fails: %s: this is no refusal but an accident: %s", sentence, e));
        } catch (Exception e) {
            System.out.println("✓ " + sentence + "\n  " + e.getMessage());
            return;
        }
        throw failure(Text.error("claim fails: %s: it went through", sentence));
    }

    /** Behind a training that was stopped, this is the likely reason. */
    private static ClaimException failure(String words) {
        return new ClaimException(
                StoppedTraining.words().map(why -> words + "\n" + why).orElse(words));
    }
}

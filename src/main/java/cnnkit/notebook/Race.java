package cnnkit.notebook;

import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.Text;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Which of several ways is faster? The contestants take turns, so that a busy moment hits all of them, and the best round
 * of each counts, because whatever disturbs makes a round only slower.
 * <pre>
 *     Race race = Race.between("our loops", () -&gt; ours(x)).and("the library", () -&gt; library(x)).run();
 *     race.claimFaster("the library", "our loops");
 *     race.table("im2col of 100 digits")
 * </pre>
 * A claim that does not hold on a machine that has one processor, or whose processors are busy with something else, says
 * that it could not be measured, and the notebook goes on.
 */
public final class Race {
    private static final int ROUNDS = 7;
    private static final int RACES = 3; // before a claim is given up
    private static final double MARGIN = 1.2; // to be called faster
    private static final double NOISY = 1.5; // half of the rounds took this many times as long as the best, or more
    private static final long WARM_NANOS = 200_000_000L; // of each contestant, until its code is compiled
    private static final long ROUND_NANOS = 5_000_000L; // of each round at least: the clock is finer than that

    private final Map<String, Runnable> contestants = new LinkedHashMap<>();
    private final Map<String, double[]> rounds = new LinkedHashMap<>(); // milliseconds, sorted
    private final BooleanSupplier twoAreFree;

    Race(BooleanSupplier twoAreFree) {
        this.twoAreFree = twoAreFree;
    }

    /**
     * Invites the first contestant.
     *
     * @param name for tables and sentences
     * @param work what is timed
     * @return the race, not run yet
     */
    public static Race between(String name, Runnable work) {
        return new Race(TwoProcessors::areFree).and(name, work);
    }

    /**
     * Invites another contestant.
     *
     * @param name for tables and sentences
     * @param work what is timed
     * @return this race, not run yet
     * @throws IllegalArgumentException if the name is taken
     */
    public Race and(String name, Runnable work) {
        if (contestants.putIfAbsent(name, work) != null) {
            throw new IllegalArgumentException(
                    Text.error("Race: two contestants are called %s: choose other names", name));
        }
        return this;
    }

    /**
     * Warms all up, then runs {@value #ROUNDS} rounds in turns.
     *
     * @return this race, run
     * @throws InterruptedWorkException if the thread is interrupted
     */
    public Race run() {
        Map<String, Integer> times = new LinkedHashMap<>();
        contestants.forEach((name, work) -> times.put(name, warmUp(work)));
        contestants.keySet().forEach(name -> rounds.put(name, new double[ROUNDS]));
        for (int round = 0; round < ROUNDS; round++) {
            for (String name : contestants.keySet()) {
                InterruptedWorkException.check("race", round, ROUNDS, "rounds");
                rounds.get(name)[round] = milliseconds(contestants.get(name), times.get(name));
            }
        }
        rounds.values().forEach(Arrays::sort);
        return this;
    }

    /** Until its code is compiled; returns how many times it goes into one round. */
    private static int warmUp(Runnable work) {
        long begin = System.nanoTime(), last;
        do {
            long start = System.nanoTime();
            work.run();
            last = System.nanoTime() - start;
        } while (System.nanoTime() - begin < WARM_NANOS);
        return (int) Math.max(1, ROUND_NANOS / Math.max(1, last));
    }

    private static double milliseconds(Runnable work, int times) {
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            work.run();
        }
        return (System.nanoTime() - start) / 1e6 / times;
    }

    private double[] roundsOf(String name) {
        double[] sorted = rounds.get(name);
        if (sorted == null) {
            throw new IllegalArgumentException(Text.error(
                    "Race: %s did not run: there are %s%s",
                    name, contestants.keySet(), rounds.isEmpty() ? ", and run() was not called" : ""));
        }
        return sorted;
    }

    /**
     * The best round of a contestant.
     *
     * @param name of the contestant
     * @return milliseconds for one time
     * @throws IllegalArgumentException if there is none of that name
     */
    public double milliseconds(String name) {
        return roundsOf(name)[0];
    }

    /**
     * How many times as fast one is as another.
     *
     * @param fast name of one
     * @param slow name of the other
     * @return time of the slow one divided by that of the fast one, best rounds
     * @throws IllegalArgumentException if there is none of that name
     */
    public double ratio(String fast, String slow) {
        return milliseconds(slow) / milliseconds(fast);
    }

    /**
     * Claims that one is faster than another: at least {@value #MARGIN} times as fast.
     *
     * @param fast name of the one
     * @param slow name of the other
     * @throws ClaimException if it is not, on a quiet machine with two processors
     * @throws IllegalArgumentException if there is none of that name
     */
    public void claimFaster(String fast, String slow) {
        claimFaster(fast, slow, MARGIN);
    }

    /**
     * Claims that one is so many times as fast as another.
     *
     * @param fast name of the one
     * @param slow name of the other
     * @param times how many times at least
     * @throws ClaimException if it is not, on a quiet machine with two processors
     * @throws IllegalArgumentException if there is none of that name
     */
    public void claimFaster(String fast, String slow, double times) {
        String sentence = Text.of("%s: at least %.1f times as fast as %s", fast, times, slow);
        boolean quiet = true;
        for (int race = 1; ratio(fast, slow) < times && quiet && race < RACES; race++) {
            quiet = isQuiet(fast, slow);
            run(); // what has just disturbed may be over
        }
        String measured = Text.of("%.2f times, best of %d rounds in turns", ratio(fast, slow), ROUNDS);
        if (ratio(fast, slow) >= times) {
            System.out.println("⏱ ✓ " + sentence + Text.of(": ") + measured);
        } else if (!quiet || !isQuiet(fast, slow)) {
            System.out.println("⏱ ? "
                    + Text.of(
                            "%s: could not be measured here, the processors are busy or there is only one; it came to %s",
                            sentence, measured));
        } else {
            throw new ClaimException(Text.error("claim fails: %s: %s", sentence, measured));
        }
    }

    private boolean isQuiet(String fast, String slow) {
        return !isNoisy(fast) && !isNoisy(slow) && twoAreFree.getAsBoolean();
    }

    private boolean isNoisy(String name) {
        double[] sorted = roundsOf(name);
        return sorted[ROUNDS / 2] >= NOISY * sorted[0];
    }

    /**
     * The times, the fastest first.
     *
     * @param title above the table
     * @return columns way, milliseconds (best round), times as long
     * @throws IllegalArgumentException if the race was not run
     */
    public Table table(String title) {
        StringColumn way = StringColumn.create("way");
        DoubleColumn best = DoubleColumn.create("milliseconds, best round");
        DoubleColumn factor = DoubleColumn.create("times as long");
        String[] order = contestants.keySet().toArray(String[]::new);
        Arrays.sort(order, (a, b) -> Double.compare(milliseconds(a), milliseconds(b)));
        for (String name : order) {
            way.append(name);
            best.append(milliseconds(name));
            factor.append(ratio(order[0], name));
        }
        return Table.create(title, way, best, factor);
    }
}

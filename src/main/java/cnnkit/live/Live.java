package cnnkit.live;

import cnnkit.notebook.Notebook;
import cnnkit.plot.Drawing;
import java.util.Map;

/**
 * Makes figures that answer.
 * <pre>
 *     Live.panel(figure, """
 *         const button = root.appendChild(document.createElement("button"));
 *         button.textContent = "how many?";
 *         button.onclick = async () =&gt; { button.textContent = (await ask({n: 3})).text; };
 *         """, question -&gt; Map.of("text", "index " + question.index("n", 10)))
 * </pre>
 * as the last line of a cell shows a panel with a button, which Java answers. {@code root} is the panel's empty element, {@code
 * ask(question)} gives a promise of the answer. A panel that answers a page runs between two cells, never beside one.
 */
public final class Live {
    private Live() {}

    /** Answers what a page asks. */
    @FunctionalInterface
    public interface Answers {
        /**
         * Answers one question.
         *
         * @param question what the page asks; everything in it is to be checked
         * @return texts, whole numbers, lists and maps of these, and byte arrays, which travel in base64
         * @throws Exception whatever is wrong: the page shows its message
         */
        Map<String, ?> answer(Question question) throws Exception;
    }

    /**
     * A panel with a script of your own.
     *
     * @param still what stands there until Java answers, and where it never does
     * @param script JavaScript that fills {@code root} and may call {@code ask}
     * @param answers what Java says
     * @return the panel, to be shown as the last line of a cell
     */
    public static Panel panel(Drawing still, String script, Answers answers) {
        Notebook.install();
        return new Panel(still.figure(), script, answers);
    }
}

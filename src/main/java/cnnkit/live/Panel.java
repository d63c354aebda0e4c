package cnnkit.live;

import cnnkit.notebook.Html;
import cnnkit.notebook.Shown;
import cnnkit.plot.Figure;
import cnnkit.tensor.Language;
import cnnkit.tensor.Text;
import java.util.Map;

/**
 * A figure that answers. It is a still picture first. A small script beside it looks for the Java that printed it; once that has
 * answered, and sent the panel's own script, the panel takes the place of the picture.
 *
 * <p>Where no script runs (a notebook that is not trusted, GitHub) or no kernel answers, the picture stays, with a sentence that
 * says what to do.
 */
public final class Panel implements Shown {
    private final Figure still;
    private final String script;
    private final Live.Answers answers;

    Panel(Figure still, String script, Live.Answers answers) {
        this.still = still;
        this.script = script;
        this.answers = answers;
    }

    /** What a page gets that has found this panel: how to fill it, and how it looks. */
    Map<String, ?> greeting() {
        return Map.of(
                "script",
                script,
                "style",
                Script.of("live.css", "box.css", "maps.css", "grid.css", "marks.css", "desk.css"));
    }

    /**
     * What one question of the page gets for an answer.
     *
     * @param question what it asks
     * @return the answer
     * @throws Exception whatever is wrong with the question: the page shows the message
     */
    Map<String, ?> answer(Question question) throws Exception {
        return answers.answer(question);
    }

    /**
     * The picture, the sentence and the small script. What tells this kernel from others stands in {@code data-kernel} alone, which
     * {@code lab.py run --save} empties: a saved notebook is the same whoever ran it.
     */
    @Override
    public String html() {
        Kernel kernel = Kernel.listening();
        int number = kernel.panels().add(this);
        return Text.of(
                "<div class=\"cnnkit-live\" data-kernel=\"%s\" data-panel=\"%d\" data-language=\"%s\">%s</div>\n<script>%s</script>",
                Html.verbatim(kernel.address()),
                number,
                Language.current().code(),
                Alone.still(still),
                Script.transport());
    }

    /**
     * The words of the still picture.
     *
     * @return its alt text
     */
    @Override
    public String toString() {
        return still.alt();
    }
}

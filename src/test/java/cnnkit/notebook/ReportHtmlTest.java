package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.homework.Check;
import cnnkit.homework.Report;
import cnnkit.im2col.Im2col;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A report in a notebook: a verdict for each part, a figure, and as much help as was asked for. */
class ReportHtmlTest {
    private static Report swapped() {
        return Check.im2col((x, window) -> Im2col.im2col(x, window).transpose());
    }

    @Test
    void partsHaveAMarkEachAndTheCaseThatFailsIsDrawn() {
        String html = ReportHtml.of(swapped());
        assertTrue(html.contains("im2col: not yet"), html);
        assertTrue(html.contains("●</span> one window") || html.contains("○</span> one window"), html);
        assertTrue(html.contains("<img alt=\"im2col: x [1, 1, 2, 2]"), html);
        assertFalse(html.contains("<script") || html.contains("ROWS_AND_COLUMNS_SWAPPED"), html);
    }

    @Test
    void theNamedMistakeLeadsToTheNotebookThatExplainsIt() {
        Report report = swapped();
        report.hint();
        String html = ReportHtml.of(report);
        assertTrue(html.contains("ROWS_AND_COLUMNS_SWAPPED"), html);
        String link =
                "<a href=\"(\\.\\./)*notebooks/en/7\\.4-im2col\\.ipynb\">Read again: section 7.4.2 \\(7\\.4-im2col\\.ipynb\\)</a>";
        assertTrue(Pattern.compile(link).matcher(html).find(), "a copy for another JDK lies deeper: " + html);
    }

    @Test
    void whatIsRightIsSaidInOneLine() {
        String html = ReportHtml.of(Check.im2col(Im2col::im2col));
        assertTrue(html.contains("● im2col: right, all 9 parts"), html);
        assertFalse(html.contains("<ul"), html);
    }

    @Test
    void wordsOfTheLearnersCodeAreNoHtml() {
        String html = ReportHtml.of(Check.im2col((x, window) -> {
            throw new IllegalStateException("<b>bold</b>");
        }));
        assertTrue(html.contains("&lt;b&gt;bold&lt;/b&gt;"), html);
        assertEquals(-1, html.indexOf("<b>"), html);
    }
}

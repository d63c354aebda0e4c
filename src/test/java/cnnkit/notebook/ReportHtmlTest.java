package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.homework.Check;
import cnnkit.homework.Report;
import cnnkit.im2col.Im2col;
import java.util.List;
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

    /** The page may be light or dark; each colour can be read on both (4:1), and marks differ without any. */
    @Test
    void verdictsCanBeReadOnALightAndOnADarkPage() {
        List<String> colours = Pattern.compile("color: (#\\w{6})")
                .matcher(ReportHtml.of(swapped()))
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertEquals(2, colours.size());
        for (String colour : colours) {
            double light = luminance(colour);
            assertTrue(1.05 / (light + 0.05) > 4, colour + " on white");
            assertTrue((light + 0.05) / (luminance("#111111") + 0.05) > 4, colour + " on the dark theme's ground");
        }
    }

    /** As the guidelines for accessible pages define it (WCAG 2). */
    private static double luminance(String colour) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return sum;
    }
}

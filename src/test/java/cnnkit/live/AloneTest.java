package cnnkit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Window;
import cnnkit.notebook.Shown;
import cnnkit.tensor.Language;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Panels without a kernel: a picture with words first, then a small script with all it needs. */
class AloneTest {
    private static final int MOST_BYTES = 15 * 1024;

    @AfterEach
    void english() {
        Language.use("en");
    }

    private static List<Shown> panels() {
        Tensor x = Tensor.range(1, 1, 7, 7).reshape(7, 7),
                filter = Tensor.range(1, 1, 3, 3).reshape(3, 3);
        return List.of(
                ConvolutionPanel.of(x, filter),
                PhotographPanelTest.panel(),
                Im2colPanel.of(1, 5, 5, Window.of(3)),
                BackwardPanel.of(filter, filter));
    }

    /** What stands in the saved notebook beside the picture: JSON writes these letters as two. */
    private static int bytesBesideThePicture(String html) {
        String script = html.substring(html.indexOf("<script>"));
        long doubled =
                script.chars().filter(letter -> "\"\\\n".indexOf(letter) >= 0).count();
        return script.getBytes(StandardCharsets.UTF_8).length + (int) doubled;
    }

    @Test
    void thePictureStandsFirstAndTheScriptIsSmallInBothLanguages() {
        Map<String, String> invitations =
                Map.of("en", "Run this cell, and the picture answers.", "zh", "运行这个单元格，图就能互动。");
        for (String language : invitations.keySet()) {
            Language.use(language);
            for (Shown panel : panels()) {
                String html = panel.html();
                assertTrue(html.startsWith("<div class=\"cnnkit-live\"><img alt=\""), html.substring(0, 80));
                assertTrue(html.contains(">" + invitations.get(language) + "</div></div>"));
                int bytes = bytesBesideThePicture(html);
                assertTrue(bytes <= MOST_BYTES, panel.getClass().getSimpleName() + " " + language + " " + bytes);
                assertEquals(html, panel.html(), "two runs write the same");
            }
        }
    }

    @Test
    void wordsAreThoseOfTheLanguage() {
        assertTrue(ConvolutionPanel.of(Tensor.zeros(4, 4), Tensor.zeros(3, 3))
                .html()
                .contains("'stride S'"));
        Language.use("zh");
        String html =
                ConvolutionPanel.of(Tensor.zeros(4, 4), Tensor.zeros(3, 3)).html();
        assertTrue(html.contains("'步幅 S'"));
        assertFalse(html.contains("drag the window"));
    }

    @Test
    void aValueIsWrittenAsJavaScriptWritesIt() {
        assertEquals(
                "{'a':[1,-0.5,NaN],'b':'it\\'s \\\\ \\x3c/script>'}",
                Script.literal(Map.of("b", "it's \\ </script>", "a", Tensor.of(new float[] {1, -0.5f, Float.NaN}, 3))));
    }

    @Test
    void packedScriptsKeepTheirTexts() {
        String packed = Script.packed("elements.js", "grid.js");
        assertTrue(packed.contains("return sign+whole.replace("), packed);
        assertTrue(packed.contains("`${title}. ${words}`"), "a template stays as it is");
        assertFalse(packed.contains("//") || packed.contains("\n"), packed);
    }

    @Test
    void whatDoesNotFitIsSaid() {
        assertEquals(
                "ConvolutionPanel: a filter [3, 3] does not fit into an input [2, 2]",
                assertThrows(ShapeException.class, () -> ConvolutionPanel.of(Tensor.zeros(2, 2), Tensor.zeros(3, 3)))
                        .getMessage());
        assertEquals(
                "ConvolutionPanel: expected an input of one channel, at most [12, 12], but got [1, 4, 4]",
                assertThrows(ShapeException.class, () -> ConvolutionPanel.of(Tensor.zeros(1, 4, 4), Tensor.zeros(3, 3)))
                        .getMessage());
        assertThrows(ShapeException.class, () -> BackwardPanel.of(Tensor.zeros(6, 2), Tensor.zeros(2, 2)));
        assertThrows(IllegalArgumentException.class, () -> Im2colPanel.of(1, 5, 5, Window.of(3, 2)));
        assertThrows(IllegalArgumentException.class, () -> Im2colPanel.of(4, 5, 5, Window.of(3)));
        assertThrows(ShapeException.class, () -> Im2colPanel.of(1, 2, 2, Window.of(3)));
    }
}

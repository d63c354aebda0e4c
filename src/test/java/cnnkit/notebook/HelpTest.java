package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.layer.Convolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HelpTest {
    private static final Path PUBLIC_TYPES = Path.of("src/test/resources/public-types.txt");

    @Test
    void theBeginningOfTheCommentIsShown() {
        String source = """
                /** Another. */
                class Other {}

                /**
                 * Where a {@code window<T>} stands, see {@link #top}, {@link Other#left} and {@link Other the other}.
                 *
                 * <p>First &gt; second.
                 *
                 * <p>Third.
                 *
                 * @param kernel its size
                 */
                @Named("W")
                public final class Window {}

                class Bare {}
                """;
        assertEquals(
                "Where a <code>window&lt;T&gt;</code> stands, see <code>top</code>, <code>Other.left</code> and "
                        + "<code>the other</code>.\n\n<p>First &gt; second.",
                Help.comment("Window", source));
        assertEquals("", Help.comment("Bare", source));
    }

    @Test
    void shapesAndTheFormulaAreThereAndWhereTheSourceLies() {
        String help = Notebook.help(Convolution.class).toString();
        assertTrue(
                help.startsWith(
                        "Convolution, in cnnkit/layer/Convolution.java\nSlides FN filters over a batch of images"),
                help);
        assertTrue(help.contains("\n\nShapes (N, C, H, W) -> (N, FN, OH, OW), with"), help);
        String html = Notebook.help(Convolution.class).html();
        assertTrue(html.contains("<pre>") && html.contains("<code>(N, C, H, W) -&gt; (N, FN, OH, OW)</code>"), html);
        assertTrue(html.contains("href=\"src/main/java/cnnkit/layer/Convolution.java\""), html);
    }

    @Test
    void everyPublicClassHasHelp() throws IOException, ClassNotFoundException {
        List<String> types = Files.readAllLines(PUBLIC_TYPES).stream()
                .filter(line -> line.matches("cnnkit\\.[\\w.$]+"))
                .toList();
        assertTrue(types.size() > 50);
        for (String type : types) {
            Help help = new Help(Class.forName(type));
            assertTrue(help.toString().lines().count() >= 2, type + " has no comment");
            assertFalse(help.html().contains("{@"), type);
        }
    }

    @Test
    void ofOtherClassesItKnowsNothing() {
        Throwable thrown = assertThrows(IllegalArgumentException.class, () -> Notebook.help(String.class));
        assertEquals("Notebook.help: expected a class of cnnkit but got java.lang.String", thrown.getMessage());
    }
}

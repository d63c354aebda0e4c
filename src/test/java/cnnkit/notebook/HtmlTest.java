package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cnnkit.tensor.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlTest {

    @Test
    void wordsAreInTheLearnersLanguageAndAnAddressIsInNone() {
        Language.of("zh").speak(() -> {
            assertEquals("损失", Html.escape("loss"));
            assertEquals("loss", Html.verbatim("loss"));
            return null;
        });
    }

    @Test
    void lettersOfMarkupAreWrittenAsEntities() {
        assertEquals("&lt;a href=&quot;x&quot;&gt; &amp;amp;", Html.escape("<a href=\"x\"> &amp;"));
        assertEquals("&lt;a href=&quot;x&quot;&gt; &amp;amp;", Html.verbatim("<a href=\"x\"> &amp;"));
    }

    @Test
    void aLinkLeadsToTheNearestPlaceAndElseItIsWordsAlone(@TempDir Path kit) throws IOException {
        Path homework = Files.createDirectories(kit.resolve("my-notebooks/en/homework"));
        Files.createDirectories(kit.resolve("notebooks/en"));
        String[] places = {"7.4.ipynb", "notebooks/en/7.4.ipynb"};
        assertEquals("<p style=\"margin: 2px 0\">read</p>", Html.link(homework, "read", places));
        Files.createFile(kit.resolve("notebooks/en/7.4.ipynb"));
        assertEquals(
                "<p style=\"margin: 2px 0\"><a href=\"../../../notebooks/en/7.4.ipynb\">read</a></p>",
                Html.link(homework, "read", places));
        Files.createFile(kit.resolve("my-notebooks/en/7.4.ipynb"));
        assertEquals(
                "<p style=\"margin: 2px 0\"><a href=\"../7.4.ipynb\">read</a></p>",
                Html.link(homework, "read", places));
    }
}

package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cnnkit.tensor.Language;
import org.junit.jupiter.api.Test;

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
}

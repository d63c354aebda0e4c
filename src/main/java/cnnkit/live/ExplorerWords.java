package cnnkit.live;

import cnnkit.tensor.Language;
import cnnkit.tensor.Text;
import java.util.HashMap;
import java.util.Map;

/** What the page writes beside the maps, in the learner's language. */
final class ExplorerWords {
    private ExplorerWords() {}

    static Map<String, String> all() {
        Map<String, String> words = new HashMap<>(Map.of(
                "layers", Text.of("The layers, from the image to the answer: click on a value, or choose it below"),
                "layer", Text.of("layer"),
                "map", Text.of("map"),
                "row", Text.of("row"),
                "column", Text.of("column"),
                "channel", Text.of("input map"),
                "back", Text.in(Language.current(), "← the value in it that counts most: %s"),
                "forth", Text.in(Language.current(), "→ where it goes on to: %s"),
                "firstOf", Text.in(Language.current(), "the first %s of %s maps"),
                "keys", Text.of("arrow keys: another unit; Page Up, Page Down: another map")));
        words.put("is", Text.in(Language.current(), "%s: %s"));
        return words;
    }
}

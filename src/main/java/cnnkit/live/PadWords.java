package cnnkit.live;

import cnnkit.tensor.Language;
import cnnkit.tensor.Text;
import java.util.Map;

/** What the page writes around a sheet of paper, in the learner's language. */
final class PadWords {
    private PadWords() {}

    static Map<String, String> all() {
        return Map.of(
                "is", Text.in(Language.current(), "%s: %s"),
                "empty", Text.of("There is nothing on the sheet yet."),
                "draw", Text.of("Draw a digit here"),
                "keys", Text.of("arrow keys: move the pen; space: pen down, pen up"),
                "clear", Text.of("new sheet"),
                "save", Text.of("save as a picture"),
                "down", Text.of("pen down"),
                "up", Text.of("pen up"),
                "prepared", Text.of("What OwnDigit makes of it"),
                "maps", Text.of("What the first layer makes of that"));
    }
}

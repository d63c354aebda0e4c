import cnnkit.plot.card.ColorScale;
import cnnkit.tensor.Language;
import cnnkit.tensor.Text;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints, as JSON, what the page takes over from the library: colours, and words in both languages. */
class PageData {
    private static final Map<String, String> WORDS = new TreeMap<>(Map.ofEntries(
            Map.entry("title", "Draw a digit, and LeNet reads it"),
            Map.entry("about", "A small convolutional network, trained on handwritten digits with cnnkit, computes in this page; nothing leaves it."),
            Map.entry("draw", "Draw a digit here"),
            Map.entry("keys", "arrow keys: move the pen; space: pen down, pen up"),
            Map.entry("clear", "new sheet"),
            Map.entry("down", "pen down"),
            Map.entry("up", "pen up"),
            Map.entry("prepared", "What OwnDigit makes of it"),
            Map.entry("maps", "What the first layer makes of that"),
            Map.entry("said", "The network reads a %d (%s)"),
            Map.entry("is", "%s: %s")));
    private static final String WINDOW = "Map %d, row %d, column %d: 25 products and the bias come to %s, behind ReLU %s";
    private static final List<String> STEPS =
            List.of("cut out", "fitted into 20 × 20", "on 28 × 28, its centre of mass in the middle");

    public static void main(String[] arguments) throws Exception {
        String scales = List.of(ColorScale.GREY, ColorScale.CIVIDIS).stream()
                .map(scale -> quoted(scale.name()) + ":" + quoted(colors(scale)))
                .collect(Collectors.joining(","));
        String languages = List.of(Language.EN, Language.of("zh")).stream()
                .map(language -> quoted(language.code()) + ":{" + words(language) + "}")
                .collect(Collectors.joining(","));
        System.out.write(("{\"scales\":{" + scales + "},\"languages\":{" + languages + "}}").getBytes("UTF-8"));
        System.out.flush();
    }

    private static String colors(ColorScale scale) {
        byte[] colors = new byte[3 * ColorScale.LEVELS];
        for (int level = 0; level < ColorScale.LEVELS; level++) {
            colors[3 * level] = (byte) scale.level(level).getRed();
            colors[3 * level + 1] = (byte) scale.level(level).getGreen();
            colors[3 * level + 2] = (byte) scale.level(level).getBlue();
        }
        return Base64.getEncoder().encodeToString(colors);
    }

    private static String words(Language language) {
        String words = WORDS.entrySet().stream()
                .map(word -> quoted(word.getKey()) + ":" + quoted(translated(language, word.getValue())))
                .collect(Collectors.joining(","));
        String steps = STEPS.stream().map(step -> quoted(translated(language, step))).collect(Collectors.joining(","));
        return words + ",\"window\":" + quoted(translated(language, WINDOW)) + ",\"steps\":[" + steps + "]";
    }

    private static String translated(Language language, String english) {
        return Text.in(language, english).replaceAll("%d", "%s"); // the page fills in texts only
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}

package cnnkit.notebook;

import cnnkit.tensor.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What stands above a class in its source: the beginning of its comment, which has the shapes and the formula. */
final class Help implements Shown {
    private static final int PARAGRAPHS = 2;
    private static final String IN_JAR = "/META-INF/sources/", IN_KIT = "src/main/java/";
    private static final Pattern TAG = Pattern.compile("\\{@(\\w+)\\s+([^}]*)}");

    private final String name;
    private final String file; // such as cnnkit/layer/Convolution.java
    private final String comment; // HTML

    /** @throws IllegalArgumentException if it is no class of the kit */
    Help(Class<?> type) {
        name = type.getSimpleName();
        file = type.getName().split("\\$")[0].replace('.', '/') + ".java";
        comment = comment(name, source(type));
    }

    private String source(Class<?> type) {
        try (InputStream source = Help.class.getResourceAsStream(IN_JAR + file)) {
            if (source == null) {
                throw new IllegalArgumentException(
                        Text.error("Notebook.help: expected a class of cnnkit but got %s", type.getName()));
            }
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(Text.error("cannot read %s", IN_JAR + file), e);
        }
    }

    /** The first paragraphs of the comment above a class; empty if there is none. */
    static String comment(String name, String source) {
        Matcher above = Pattern.compile(
                        "/\\*\\*((?:(?!\\*/).)*+)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s+)*"
                                + "(?:(?:public|protected|private|static|final|abstract|sealed|non-sealed)\\s+)*"
                                + "(?:class|record|interface|enum|@interface)\\s+" + name + "\\b",
                        Pattern.DOTALL)
                .matcher(source);
        if (!above.find()) {
            return "";
        }
        String text = above.group(1)
                .lines()
                .map(line -> line.replaceFirst("^\\s*\\* ?", ""))
                .collect(Collectors.joining("\n"));
        text = text.split("\n@|^@", 2)[0];
        text = TAG.matcher(text).replaceAll(tag -> Matcher.quoteReplacement(shown(tag.group(1), tag.group(2))));
        return Arrays.stream(text.split("<p>"))
                .limit(PARAGRAPHS)
                .map(String::strip)
                .collect(Collectors.joining("\n\n<p>"));
    }

    /** A link is shown as the words that it has, or as the name that it leads to. */
    private static String shown(String tag, String inside) {
        boolean link = tag.startsWith("link");
        String words = link ? inside.replaceFirst("^\\S+\\s+", "") : inside;
        words = link ? words.replaceFirst("^#", "").replace('#', '.') : words;
        return "<code>" + words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</code>";
    }

    @Override
    public String html() {
        return Text.of(
                "<div style=\"line-height: 1.5; max-width: 46em\"><b>%s</b><p>%s%s</div>",
                name, comment, Html.link(Text.of("its source, %s", file), IN_KIT + file));
    }

    @Override
    public String toString() {
        String text = comment.replaceAll("</?\\w+>", "")
                .replace("&gt;", ">")
                .replace("&lt;", "<")
                .replace("&amp;", "&");
        return name + ", in " + file + "\n" + text;
    }
}

package cnnkit.notebook;

import cnnkit.plot.Animation;
import cnnkit.plot.Figure;
import cnnkit.tensor.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Pieces of HTML that survive in a notebook that is not trusted: no scripts, no style sheets, only inline style. */
public final class Html {
    private Html() {}

    /**
     * Text for an element or an attribute, in the learner's language.
     *
     * @param text any text
     * @return the same, without the letters that mean something in HTML
     */
    public static String escape(String text) {
        return verbatim(Text.shown(text));
    }

    /**
     * Text that is no language, such as an address.
     *
     * @param text any text
     * @return the same, without the letters that mean something in HTML
     */
    public static String verbatim(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A paragraph that leads to a file, if that lies in this folder or in one further up; else its words alone. */
    static String link(String words, String... places) {
        return link(Path.of("").toAbsolutePath(), words, places);
    }

    /** As seen from a folder: to the nearest place, and of those in one folder to the first. */
    static String link(Path from, String words, String... places) {
        String up = "";
        for (Path folder = from; folder != null; folder = folder.getParent(), up += "../") {
            for (String place : places) {
                if (Files.exists(folder.resolve(place))) {
                    String there = up + place;
                    return Text.of("<p style=\"margin: 2px 0\"><a href=\"%s\">%s</a></p>", there, escape(words));
                }
            }
        }
        return paragraph(words);
    }

    static String paragraph(String line) {
        return Text.of("<p style=\"margin: 2px 0\">%s</p>", escape(line.strip()));
    }

    /**
     * A figure as a picture inside the page, with its words.
     *
     * @param figure what to show
     * @return an element
     */
    public static String image(Figure figure) {
        return image("image/png", figure.png(), figure.alt(), figure.width());
    }

    static String image(Animation animation) {
        return image("image/gif", animation.gif(), animation.alt(), animation.width());
    }

    static String image(String type, byte[] content, String alt, int width) {
        return Text.of(
                "<img alt=\"%s\" width=\"%d\" style=\"max-width: 100%%; background: #ffffff\" src=\"data:%s;base64,%s\">",
                escape(alt), width, type, Base64.getEncoder().encodeToString(content));
    }
}

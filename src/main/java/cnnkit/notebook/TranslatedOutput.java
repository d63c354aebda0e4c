package cnnkit.notebook;

import cnnkit.tensor.Language;
import cnnkit.tensor.Text;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What cells print, in the learner's language: the code of a cell is the same in all languages, so its sentences are looked
 * up on their way out. Each call is one sentence, or several lines of them.
 */
final class TranslatedOutput extends PrintStream {
    private TranslatedOutput(PrintStream out) {
        super(out, true, StandardCharsets.UTF_8);
    }

    /** Stands before the kernel's streams, unless they speak the learner's language anyway. */
    static void install() {
        if (Language.current() != Language.EN && !(System.out instanceof TranslatedOutput)) {
            System.setOut(new TranslatedOutput(System.out));
            System.setErr(new TranslatedOutput(System.err));
        }
    }

    @Override
    public void print(String text) {
        super.print(text == null ? null : Text.shown(text));
    }

    @Override
    public void print(Object value) {
        print(String.valueOf(value));
    }

    @Override
    public void println(String text) {
        super.print(Text.shown(String.valueOf(text)) + System.lineSeparator());
    }

    @Override
    public void println(Object value) {
        println(String.valueOf(value));
    }

    @Override
    public PrintStream format(String format, Object... values) {
        super.print(Text.of(format, values));
        return this;
    }

    @Override
    public PrintStream format(Locale country, String format, Object... values) {
        return format(format, values);
    }
}

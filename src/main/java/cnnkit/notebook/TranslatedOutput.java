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

    /** Stands before the kernel's streams, unless the language is that of the code anyway. */
    static void install(JavaKernel kernel) {
        if (Language.current() == Language.EN || System.out instanceof TranslatedOutput) {
            return;
        }
        System.setOut(new TranslatedOutput(System.out)); // for the cell that is running
        System.setErr(new TranslatedOutput(System.err));
        try {
            kernel.prints(TranslatedOutput::new); // from the next cell on
        } catch (ReflectiveOperationException | RuntimeException e) {
            // another kernel: what its cells print stays English
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

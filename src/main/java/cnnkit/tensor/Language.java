package cnnkit.tensor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The language in which the library speaks to a learner: that which was chosen, or else that of the folder the notebook
 * lies in ({@code notebooks/zh}), or else that of the machine. English where nothing else is known.
 *
 * <p>A language is there when it has a catalogue: {@code zh.po} in the jar, or files in the folder {@code messages} of its
 * notebooks. So another language costs a folder, and no code.
 */
public final class Language {
    private static final String NOTEBOOKS = "notebooks";
    private static final ConcurrentHashMap<String, Language> KNOWN = new ConcurrentHashMap<>();

    /** The language of the sources, which needs no catalogue. */
    public static final Language EN = of("en");

    private static volatile Language chosen;
    private static final ThreadLocal<Language> FOR_NOW = new ThreadLocal<>();

    private final String code;
    private Messages messages; // read when they are first asked for

    private Language(String code) {
        this.code = code;
    }

    /**
     * Chooses.
     *
     * @param code {@code en}, {@code zh}, or that of another language with a catalogue; empty: as if nothing had been chosen
     * @throws IllegalArgumentException if there is no such language
     */
    public static void use(String code) {
        Objects.requireNonNull(code, "the language is null: give en or zh");
        chosen = code.isEmpty() ? null : of(code);
    }

    /**
     * A language by its name for machines.
     *
     * @param code {@code en}, {@code zh}, or that of another language with a catalogue
     * @return the language
     * @throws IllegalArgumentException if there is no such language
     */
    public static Language of(String code) {
        String name = code.toLowerCase(Locale.ROOT);
        if (!isThere(name)) {
            throw new IllegalArgumentException(Text.error("Language: expected en or zh but got %s", code));
        }
        return KNOWN.computeIfAbsent(name, Language::new);
    }

    private static boolean isThere(String code) {
        return "en".equals(code)
                || code.matches("[a-z]{2,8}(-[a-z0-9]{2,8})*")
                        && (Messages.areInJar(code)
                                || folder(code) != null && Files.isDirectory(messagesIn(folder(code))));
    }

    /**
     * The language in use: see {@link #use}, the property {@code cnnkit.language}, the variable {@code CNNKIT_LANGUAGE}.
     *
     * @return never null
     */
    public static Language current() {
        Language forNow = FOR_NOW.get();
        return forNow != null ? forNow : chosen != null ? chosen : Setting.FOUND;
    }

    /**
     * Words in this language, whichever is in use: for what is kept in a file, and has to mean the same to all.
     *
     * @param words what makes them, in this thread
     * @param <T> such as a text
     * @return what it makes
     */
    public <T> T speak(Supplier<T> words) {
        Language before = FOR_NOW.get();
        FOR_NOW.set(this);
        try {
            return words.get();
        } finally {
            FOR_NOW.set(before);
        }
    }

    /** What the surroundings say, looked up once. */
    private static final class Setting {
        static final Language FOUND = found();

        private static Language found() {
            String set = System.getProperty("cnnkit.language", System.getenv().getOrDefault("CNNKIT_LANGUAGE", ""));
            return set.isEmpty() ? ofFolder() : of(set);
        }
    }

    private static Language ofFolder() {
        for (Path folder = here(); folder != null && folder.getFileName() != null; folder = folder.getParent()) {
            String name = folder.getFileName().toString();
            if ("en".equals(name) || name.length() >= 2 && isThere(name)) {
                return of(name);
            }
        }
        String machine = System.getProperty("user.language", "");
        return isThere(machine) ? of(machine) : EN;
    }

    private static Path here() {
        return Path.of(System.getProperty("user.dir")).toAbsolutePath();
    }

    /** The folder of a language's notebooks: that which we are in, or that of the kit we are in; null for none. */
    private static Path folder(String code) {
        for (Path folder = here(); folder != null; folder = folder.getParent()) {
            for (Path place : List.of(
                    folder, folder.resolve(code), folder.resolve(NOTEBOOKS).resolve(code))) {
                if (place.getFileName() != null
                        && place.getFileName().toString().equals(code)
                        && Files.isDirectory(messagesIn(place))) {
                    return place;
                }
            }
        }
        return null;
    }

    private static Path messagesIn(Path folder) {
        return folder.resolve("messages");
    }

    /** Its sentences: those of the notebooks come before those of the library. */
    synchronized Messages messages() {
        if (messages == null) {
            Path folder = EN == this ? null : folder(code);
            messages = Messages.of(code, folder == null ? null : messagesIn(folder));
        }
        return messages;
    }

    /**
     * Its name for machines.
     *
     * @return such as {@code en} or {@code zh}
     */
    public String code() {
        return code;
    }

    @Override
    public String toString() {
        return code;
    }
}

package cnnkit.tensor;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * The language in which the library speaks to a learner: that which was chosen, or else that of the folder the notebook
 * lies in ({@code notebooks/zh}), or else that of the machine. English where nothing else is known.
 */
public enum Language {
    /** English. */
    EN,
    /** Chinese, in simplified letters. */
    ZH;

    private static volatile Language chosen;

    private Messages messages; // read when they are first asked for

    /**
     * Chooses.
     *
     * @param code {@code en} or {@code zh}; empty: as if nothing had been chosen
     * @throws IllegalArgumentException if it is another one
     */
    public static void use(String code) {
        Objects.requireNonNull(code, "the language is null: give en or zh");
        chosen = code.isEmpty() ? null : of(code);
    }

    private static Language of(String code) {
        for (Language language : values()) {
            if (language.code().equalsIgnoreCase(code)) {
                return language;
            }
        }
        throw new IllegalArgumentException("Language: expected en or zh but got " + code);
    }

    /**
     * The language in use: see {@link #use}, the property {@code cnnkit.language}, the variable {@code CNNKIT_LANGUAGE}.
     *
     * @return never null
     */
    public static Language current() {
        if (chosen != null) {
            return chosen;
        }
        return Setting.FOUND;
    }

    /** What the surroundings say, looked up once. */
    private static final class Setting {
        static final Language FOUND = found();

        private static Language found() {
            String set = System.getProperty("cnnkit.language", System.getenv().getOrDefault("CNNKIT_LANGUAGE", ""));
            return set.isEmpty() ? ofFolder(Path.of(System.getProperty("user.dir"))) : of(set);
        }
    }

    private static Language ofFolder(Path folder) {
        for (Path name : folder) {
            for (Language language : values()) {
                if (name.toString().equals(language.code())) {
                    return language;
                }
            }
        }
        return "zh".equals(System.getProperty("user.language")) ? ZH : EN;
    }

    /** Its sentences. */
    synchronized Messages messages() {
        if (messages == null) {
            messages = Messages.of(this);
        }
        return messages;
    }

    /**
     * Its name for machines.
     *
     * @return {@code en} or {@code zh}
     */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}

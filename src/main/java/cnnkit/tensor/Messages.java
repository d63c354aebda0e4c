package cnnkit.tensor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentences of a language: catalogues as gettext has them, in which the English sentence is the key, so that sources and
 * catalogue can both be read: {@code cnnkit/messages/zh.po} in the jar for the library, and the files of the folder
 * {@code notebooks/zh/messages} for the notebooks. What no catalogue has got stays English.
 */
final class Messages {
    private static final Pattern LINE = Pattern.compile("(msgid|msgstr)?\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern WORD = Pattern.compile("[a-zA-Z]{2}");
    private static final Pattern MARKED = Pattern.compile("([\\s✓✗○●◐→=⏱·]*)(.*?)(\\s*)", Pattern.DOTALL);
    private static final Pattern MARKUP = Pattern.compile("<[a-zA-Z/]");
    private static final List<String> SEPARATORS = List.of("\n", ". ", "; ", ": ", " · ", ", ");
    private static final int LONGEST = 1_000; // letters of a sentence
    private static final int REMEMBERED = 4_096; // sentences that were found by their pattern, or not at all
    private static final int RECENT = 200; // sentences said

    private final Map<String, String> sentences = new LinkedHashMap<>();
    private final Map<String, String> found = new ConcurrentHashMap<>();
    private final Map<String, String> recent = new LinkedHashMap<>(16, 0.75f, true) { // what was said, in English
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                    return size() > RECENT;
                }
            };
    private List<Template> templates; // the sentences with holes, made when they are first asked for

    /** The catalogues of a language; empty ones for English. */
    static Messages of(String code, Path folder) {
        Messages messages = new Messages();
        String name = inJar(code);
        try (InputStream file = Messages.class.getResourceAsStream(name)) {
            if (file != null) {
                messages.read(new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8)));
            }
            if (folder != null) {
                messages.readAll(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(Text.error("cannot read the messages %s", code), e);
        }
        return messages;
    }

    static boolean areInJar(String code) {
        return Messages.class.getResource(inJar(code)) != null;
    }

    private static String inJar(String code) {
        return "/cnnkit/messages/" + code + ".po";
    }

    /** The translation of a sentence or a pattern that the catalogue has word by word, or itself. */
    String get(String english) {
        return sentences.getOrDefault(english, english);
    }

    /**
     * The translation of a finished sentence: one of the catalogue, or one that a pattern of it fits ({@code after layer %s}
     * fits "after layer 3"), behind a mark ("✓ after layer 3") or without; else of its parts; or itself. What stands in the
     * holes is looked up, too.
     */
    String sentence(String english) {
        if (sentences.isEmpty()
                || english.length() > LONGEST
                || !WORD.matcher(english).find()
                || MARKUP.matcher(english).find()) {
            return english;
        }
        String known = sentences.get(english);
        if (known == null) {
            known = found.get(english);
        }
        if (known == null) {
            known = translated(english);
            if (found.size() < REMEMBERED) {
                found.put(english, known);
            }
        }
        return known;
    }

    /** What was said just now, and what that is in English: it may be put into a sentence that is told in both languages. */
    void remember(String said, String english) {
        boolean tells = said.length() > 1 || SEPARATORS.contains(english); // a single letter may stand in any word
        if (tells && said.length() <= LONGEST && !said.equals(english)) {
            synchronized (recent) {
                recent.put(said, english);
            }
        }
    }

    /** A text in which what was said just now is English again, the longest sentences first. */
    String inEnglish(String text) {
        if (text.chars().allMatch(letter -> letter < 128)) {
            return text;
        }
        List<Map.Entry<String, String>> said;
        synchronized (recent) {
            String whole = recent.get(text);
            if (whole != null) {
                return whole;
            }
            said = new ArrayList<>(recent.entrySet());
        }
        said.sort(Comparator.comparingInt(entry -> -entry.getKey().length()));
        String english = text;
        for (Map.Entry<String, String> entry : said) {
            english = english.replace(entry.getKey(), entry.getValue());
        }
        return english;
    }

    /** A line that shall stay English when it is printed. */
    void keep(String english) {
        english.lines().forEach(line -> found.put(line, line));
    }

    /** Of what the catalogue has not got as it is. */
    private String translated(String english) {
        Matcher marked = MARKED.matcher(english);
        String before = marked.matches() ? marked.group(1) : "";
        String core = marked.matches() ? marked.group(2) : english;
        String after = marked.matches() ? marked.group(3) : "";
        if (sentences.containsKey(core)) {
            return before + sentences.get(core) + after;
        }
        for (Template template : templates()) {
            String whole = template.translate(english, this::sentence);
            if (whole != null) {
                return whole;
            }
            String inside = template.translate(core, this::sentence);
            if (inside != null) {
                return before + inside + after;
            }
        }
        return before + inParts(core) + after;
    }

    /**
     * Several sentences, lines, or words of a list, each by itself. What stands beside a translated one is separated from it
     * as its language does; between numbers and names a separator stays.
     */
    private String inParts(String english) {
        for (String separator : SEPARATORS) {
            if (english.contains(separator)) {
                String[] parts = english.split(Pattern.quote(separator), -1);
                StringBuilder said = new StringBuilder();
                boolean before = false; // was the part before this one translated?
                for (int i = 0; i < parts.length; i++) {
                    String part = sentence(parts[i]);
                    boolean translated = !part.equals(parts[i]);
                    said.append(i == 0 ? "" : before || translated ? get(separator) : separator)
                            .append(part);
                    before = translated;
                }
                return said.toString();
            }
        }
        if (WORD.matcher(english).find()) {
            Untranslated.add(english);
        }
        return english;
    }

    /** The more words a pattern has of its own, the sooner it is tried. */
    private synchronized List<Template> templates() {
        if (templates == null) {
            List<Template> all = new ArrayList<>();
            sentences.forEach(
                    (english, translation) -> Template.of(english, translation).ifPresent(all::add));
            Collections.sort(all);
            templates = List.copyOf(all);
        }
        return templates;
    }

    private void readAll(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.po")) {
            all.forEach(files::add);
        }
        Collections.sort(files);
        for (Path file : files) {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                read(lines);
            }
        }
    }

    private void read(BufferedReader lines) throws IOException {
        StringBuilder key = new StringBuilder(), value = new StringBuilder();
        StringBuilder current = key;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher text = LINE.matcher(line.strip());
            if (!text.matches()) {
                continue; // a comment or an empty line
            }
            if ("msgid".equals(text.group(1))) {
                put(key, value);
                current = key;
            } else if ("msgstr".equals(text.group(1))) {
                current = value;
            }
            current.append(unescaped(text.group(2)));
        }
        put(key, value);
    }

    private void put(StringBuilder key, StringBuilder value) {
        if (!key.isEmpty() && !value.isEmpty()) {
            sentences.put(key.toString(), value.toString());
        }
        key.setLength(0);
        value.setLength(0);
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                c = text.charAt(++i);
                c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
            }
            plain.append(c);
        }
        return plain.toString();
    }
}

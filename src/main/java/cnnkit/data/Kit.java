package cnnkit.data;

import cnnkit.tensor.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Where things are, whichever folder a notebook lies in: what the kit brought along, and a place for what a learner makes.
 *
 * <p>The folder of the kit is the one that the environment variable {@code CNNKIT_HOME} names, else the one that this jar
 * lies in, else this folder or the nearest one above it.
 */
public final class Kit {
    static final String SETTING = "CNNKIT_HOME";

    private Kit() {}

    /**
     * A file that came with the kit.
     *
     * @param name in its folder {@code data}, such as {@code weights/SimpleConvNet.npz}
     * @return where it lies
     * @throws IllegalStateException if the kit is not found, with the places that were looked at
     */
    public static Path data(String name) {
        return home().orElseThrow(() -> new IllegalStateException(Text.error(
                        "cnnkit is not here: neither %s nor a folder above %s leads to its folder. Set %s to it",
                        SETTING, here(), SETTING)))
                .resolve("data")
                .resolve(name);
    }

    /**
     * A file of the learner's own: in the folder {@code made} beside the notebook, or, where that cannot be written to, in
     * {@code .cnnkit/made} of the home folder. The kit itself is never written to.
     *
     * @param name such as {@code my-network.npz}
     * @return where it lies, or may be written; its folder is there
     */
    public static Path own(String name) {
        return own(Path.of(""), Path.of(System.getProperty("user.home")), name);
    }

    static Path own(Path here, Path userHome, String name) {
        Objects.requireNonNull(name, "Kit: name is null");
        Path beside = here.resolve("made");
        boolean open = Files.isWritable(Files.isDirectory(beside) ? beside : here.toAbsolutePath());
        Path file = (open ? beside : inUserHome(userHome, "made")).resolve(name);
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(Text.error("%s cannot be made", file.getParent()), e);
        }
        return file;
    }

    /** What belongs to one person, and to all of their projects. */
    static Path inUserHome(Path userHome, String name) {
        return userHome.resolve(".cnnkit").resolve(name);
    }

    /** The folder of the kit, if there is one. */
    static Optional<Path> home() {
        return home(System.getenv(SETTING), jar().orElse(null), here());
    }

    /** The first of these places that is the kit, or lies in it; those that are null do not count. */
    static Optional<Path> home(String setting, Path... places) {
        if (setting != null && !setting.isBlank()) {
            return above(Path.of(setting).toAbsolutePath());
        }
        return Arrays.stream(places)
                .filter(Objects::nonNull)
                .map(Kit::above)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Path> above(Path place) {
        for (Path folder = place; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("lab.py")) && Files.isDirectory(folder.resolve("data"))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private static Path here() {
        return Path.of("").toAbsolutePath();
    }

    /** The jar, or the folder of classes, that this class was loaded from. */
    private static Optional<Path> jar() {
        try {
            CodeSource source = Kit.class.getProtectionDomain().getCodeSource();
            return source == null
                    ? Optional.empty()
                    : Optional.of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
            return Optional.empty(); // loaded from somewhere that is no file
        }
    }
}

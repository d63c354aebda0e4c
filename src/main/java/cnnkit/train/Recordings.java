package cnnkit.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Trainings kept in a folder, so that a run that would be the same to the bit is not made twice: tests run each notebook in
 * two languages, and train in the first. {@code -Dcnnkit.trainings.record=FOLDER} keeps every finished training, and
 * {@code -Dcnnkit.trainings.replay=FOLDER} takes its end from there instead of training.
 *
 * <p>A recording is found by all that decides its bits: the settings, the first parameters, what the optimizer remembers,
 * and the number of epochs. What is not found is trained as ever.
 */
final class Recordings {
    private static final String RECORD = "cnnkit.trainings.record";
    private static final String REPLAY = "cnnkit.trainings.replay";

    private Recordings() {}

    /** Whether anybody asked for them. */
    static boolean wanted() {
        return System.getProperty(RECORD) != null || System.getProperty(REPLAY) != null;
    }

    /** The name of the run that begins at this moment. */
    static String name(Checkpoint begin, int epochs) {
        try {
            Path file = Files.createTempFile("training", ".npz");
            try {
                begin.write(file);
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                return HexFormat.of().formatHex(digest, 0, 16) + "-" + epochs + ".npz";
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** The recording of a run, if it is to be replayed and is there. */
    static Optional<Path> replayed(String name) {
        return Optional.ofNullable(System.getProperty(REPLAY))
                .map(folder -> Path.of(folder, name))
                .filter(Files::exists);
    }

    /** Where to keep the end of a run, if it is to be recorded. */
    static Optional<Path> recorded(String name) {
        return Optional.ofNullable(System.getProperty(RECORD)).map(folder -> Path.of(folder, name));
    }
}

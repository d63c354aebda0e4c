package cnnkit.data;

import cnnkit.tensor.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * MNIST: 70,000 handwritten digits of 28x28 grey pixels (LeCun, Cortes, Burges), as the four official files.
 *
 * @param train 60,000 images to learn from
 * @param test 10,000 images by other writers; read once, at the end
 */
public record Mnist(Dataset train, Dataset test) {
    private static final int CLASSES = 10;
    private static final String MEND = "run  python3 lab.py build";

    private enum OfficialFile {
        TRAIN_IMAGES(
                "train-images-idx3-ubyte.gz",
                9_912_422,
                "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
        TRAIN_LABELS(
                "train-labels-idx1-ubyte.gz",
                28_881,
                "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
        TEST_IMAGES(
                "t10k-images-idx3-ubyte.gz",
                1_648_877,
                "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
        TEST_LABELS(
                "t10k-labels-idx1-ubyte.gz", 4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6");

        private final String name;
        private final long bytes;
        private final String sha256;

        OfficialFile(String name, long bytes, String sha256) {
            this.name = name;
            this.bytes = bytes;
            this.sha256 = sha256;
        }
    }

    /**
     * Loads MNIST from where the build has put it: {@code data/mnist} in this folder or the nearest one above it, or the
     * folder that the system property {@code cnnkit.mnist} names.
     *
     * @return the digits
     * @throws IOException if a file is missing or is not the official one, with the command that mends it
     */
    public static Mnist load() throws IOException {
        return load(folder());
    }

    /**
     * Loads MNIST from a folder.
     *
     * @param folder with the four official files
     * @return the digits
     * @throws IOException if a file is missing or is not the official one
     */
    public static Mnist load(Path folder) throws IOException {
        return new Mnist(
                dataset(folder, OfficialFile.TRAIN_IMAGES, OfficialFile.TRAIN_LABELS),
                dataset(folder, OfficialFile.TEST_IMAGES, OfficialFile.TEST_LABELS));
    }

    private static Path folder() throws IOException {
        String chosen = System.getProperty("cnnkit.mnist");
        if (chosen != null) {
            return Path.of(chosen);
        }
        Path here = Path.of("").toAbsolutePath();
        for (Path above = here; above != null; above = above.getParent()) {
            Path folder = above.resolve("data").resolve("mnist");
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        throw new NoSuchFileException(Text.of(
                "MNIST is not here: no folder data/mnist in %s or above it. In the folder of cnnkit, %s", here, MEND));
    }

    private static Dataset dataset(Path folder, OfficialFile images, OfficialFile labels) throws IOException {
        Idx pixels = Idx.read(checked(folder, images));
        byte[] classes = Idx.read(checked(folder, labels)).bytes();
        int[] numbers = new int[classes.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = classes[i] & 0xff;
        }
        return Dataset.of(pixels.bytes(), numbers, CLASSES, 1, pixels.shape()[1], pixels.shape()[2]);
    }

    /** The path of a file that is really the official one. */
    private static Path checked(Path folder, OfficialFile official) throws IOException {
        Path file = folder.resolve(official.name);
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(Text.of("MNIST is not complete: %s is missing: %s", file, MEND));
        }
        long bytes = Files.size(file);
        if (bytes != official.bytes) {
            throw new IOException(Text.of(
                    "%s: %,d bytes expected, %,d found. The copy is not whole: delete the file and %s",
                    file, official.bytes, bytes, MEND));
        }
        String sum = sha256(Files.readAllBytes(file));
        if (!sum.equals(official.sha256)) {
            throw new IOException(Text.of(
                    "%s: checksum %s... expected, %s... found. The file is damaged: delete it and %s",
                    file, official.sha256.substring(0, 12), sum.substring(0, 12), MEND));
        }
        return file;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

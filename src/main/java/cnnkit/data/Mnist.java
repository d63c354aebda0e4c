package cnnkit.data;

import cnnkit.engine.Kernels;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Text;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * MNIST: 70,000 handwritten digits of 28x28 grey pixels (LeCun, Cortes, Burges), as the four official files.
 *
 * @param train 60,000 images to learn from
 * @param test 10,000 images by other writers; read once, at the end
 */
public record Mnist(Dataset train, Dataset test) {
    private static final int CLASSES = 10;
    private static final String PROPERTY = "cnnkit.mnist";
    private static final String VARIABLE = "CNNKIT_MNIST";
    private static final String MEND = "run  python3 lab.py build  in the folder of cnnkit, or  Mnist.install()";
    private static final String MOVE = "move its files to a folder of their own and " + MEND;

    /** More than the largest file unpacked. */
    private static final int MOST_BYTES = 50_000_000;

    private static final String PACKED = ".gz";
    private static final Checksums SUMS = Checksums.read("mnist.sha256", "SHA-256");
    private static final Checksums FASHION = Checksums.read("fashion-mnist.md5", "MD5");

    private enum OfficialFile {
        TRAIN_IMAGES("train-images-idx3-ubyte", 9_912_422, 60_000, 28, 28),
        TRAIN_LABELS("train-labels-idx1-ubyte", 28_881, 60_000),
        TEST_IMAGES("t10k-images-idx3-ubyte", 1_648_877, 10_000, 28, 28),
        TEST_LABELS("t10k-labels-idx1-ubyte", 4_542, 10_000);

        private final String name;
        private final int packedBytes;
        private final int[] shape;

        OfficialFile(String name, int packedBytes, int... shape) {
            this.name = name;
            this.packedBytes = packedBytes;
            this.shape = shape;
        }

        /** As it is published; unpacked; and as some programs name it when they unpack it. */
        List<String> names() {
            String dotted = name.replace("-idx", ".idx");
            return List.of(name + PACKED, name, dotted + PACKED, dotted);
        }

        /** In a folder, under the first of its names that is there. */
        Path in(Path folder) throws IOException {
            for (String name : names()) {
                if (Files.isRegularFile(folder.resolve(name))) {
                    return folder.resolve(name);
                }
            }
            throw new NoSuchFileException(
                    Text.error("MNIST is not complete: %s is missing: %s", folder.resolve(name + PACKED), MEND));
        }
    }

    /**
     * Loads MNIST from the first of these folders: the one that the system property {@code cnnkit.mnist} names; the one that
     * the environment variable {@code CNNKIT_MNIST} names; {@code data/mnist} in this folder, in the nearest one above it, or
     * in the folder of the kit; {@code .cnnkit/mnist} of the home folder, where {@link #install()} puts it. One of the latter
     * in which a file is missing is taken only if none is complete.
     *
     * @return the digits
     * @throws IOException if a file is missing or is not the official one, with the command that mends it
     */
    public static Mnist load() throws IOException {
        return load(folder());
    }

    /**
     * Gets MNIST for all projects of this person, into {@code .cnnkit/mnist} of the home folder: out of the artifact of Maven
     * Central that the build of the kit uses, about 13 MB. If it is there already, nothing happens.
     *
     * @return the folder, from which {@link #load()} takes it
     * @throws IOException if it cannot be fetched or is not the official one; nothing is then written
     */
    public static Path install() throws IOException {
        return install(MnistArtifact.ofThisMachine(), ofThisPerson());
    }

    static Path install(MnistArtifact artifact, Path folder) throws IOException {
        if (!isWhole(folder)) {
            Set<String> names = Arrays.stream(OfficialFile.values())
                    .map(file -> file.name + PACKED)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            artifact.unpack(names, SUMS, folder);
        }
        return folder;
    }

    private static boolean isWhole(Path folder) throws IOException {
        for (OfficialFile file : OfficialFile.values()) {
            Path packed = folder.resolve(file.name + PACKED);
            if (!Files.isRegularFile(packed) || !SUMS.match(file.name + PACKED, Idx.content(packed))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Gets MNIST from the command line: {@code java -cp "target/jars/*" cnnkit.data.Mnist install}.
     *
     * @param arguments {@code install}
     */
    public static void main(String[] arguments) {
        if (!List.of(arguments).equals(List.of("install"))) {
            System.err.println("cnnkit.data.Mnist: the one command is  install");
            System.exit(2);
        }
        try {
            System.out.println(Text.of("MNIST is in %s", install()));
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Loads MNIST from a folder.
     *
     * @param folder with the four official files, packed or unpacked; {@code train-images.idx3-ubyte} is read, too
     * @return the digits
     * @throws IOException if a file is missing or is not the official one
     */
    public static Mnist load(Path folder) throws IOException {
        Objects.requireNonNull(folder, "Mnist: folder is null");
        Kernels.prepareAtOnce();
        return new Mnist(dataset(folder, OfficialFile.TRAIN_IMAGES, OfficialFile.TRAIN_LABELS), loadTest(folder));
    }

    /**
     * Loads the test images alone, from the folder that {@link #load()} would take: a sixth of the work, for a program that
     * only predicts.
     *
     * @return 10,000 images
     * @throws IOException if a file is missing or is not the official one, with the command that mends it
     */
    public static Dataset loadTest() throws IOException {
        return loadTest(folder());
    }

    /**
     * Loads the test images alone, from a folder.
     *
     * @param folder with the two official files of the test images, as {@link #load(Path)} reads them
     * @return 10,000 images
     * @throws IOException if a file is missing or is not the official one
     */
    public static Dataset loadTest(Path folder) throws IOException {
        Objects.requireNonNull(folder, "Mnist: folder is null");
        return dataset(folder, OfficialFile.TEST_IMAGES, OfficialFile.TEST_LABELS);
    }

    private static Path folder() throws IOException {
        for (String chosen : new String[] {System.getProperty(PROPERTY), System.getenv(VARIABLE)}) {
            if (chosen != null && !chosen.isBlank()) {
                return Path.of(chosen);
            }
        }
        Path here = Path.of("").toAbsolutePath();
        List<Path> folders = new ArrayList<>();
        for (Path above = here; above != null; above = above.getParent()) {
            folders.add(above);
        }
        Kit.home().ifPresent(folders::add);
        folders.replaceAll(folder -> folder.resolve("data").resolve("mnist"));
        folders.add(ofThisPerson());
        return folders.stream()
                .filter(Mnist::isComplete) // an empty one must not stand before what install() has put elsewhere
                .findFirst()
                .or(() -> folders.stream().filter(Files::isDirectory).findFirst())
                .orElseThrow(() -> new NoSuchFileException(Text.error(
                        "MNIST is not here: no folder data/mnist in %s or above it or in %s, and no %s;"
                                + " -D%s and %s name another. To get it, %s",
                        here,
                        Kit.home().map(Path::toString).orElse(Kit.SETTING),
                        ofThisPerson(),
                        PROPERTY,
                        VARIABLE,
                        MEND)));
    }

    private static boolean isComplete(Path folder) {
        return Arrays.stream(OfficialFile.values())
                .allMatch(file -> file.names().stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name))));
    }

    private static Path ofThisPerson() {
        return Kit.inUserHome(Path.of(System.getProperty("user.home")), "mnist");
    }

    private static Dataset dataset(Path folder, OfficialFile images, OfficialFile labels) throws IOException {
        byte[] pixels = values(folder, images);
        byte[] classes = values(folder, labels);
        int[] numbers = new int[classes.length];
        Arrays.setAll(numbers, i -> classes[i] & 0xff);
        return Dataset.ofOwn(pixels, numbers, CLASSES, 1, images.shape[1], images.shape[2]);
    }

    /** What a file holds, if it is really the official one. It is unpacked while another core sums it up. */
    private static byte[] values(Path folder, OfficialFile official) throws IOException {
        Path file = official.in(folder);
        byte[] bytes = Idx.content(file);
        String name = Idx.isPacked(bytes) ? official.name + PACKED : official.name;
        CompletableFuture<Boolean> isOfficial =
                CompletableFuture.supplyAsync(() -> SUMS.match(name, bytes) || packedAnew(bytes, official));
        Idx idx = null;
        try {
            idx = Idx.of(bytes, file);
        } catch (IOException e) {
            // not official then: what it is, is told below
        }
        if (!isOfficial.join()) {
            throw notOfficial(file, name, bytes, official);
        }
        return idx.bytes();
    }

    /** Whether somebody has unpacked the official file and packed it again: the same values in other bytes. */
    private static boolean packedAnew(byte[] bytes, OfficialFile official) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return SUMS.match(official.name, in.readNBytes(MOST_BYTES));
        } catch (IOException e) { // not packed, or damaged
            return false;
        }
    }

    /** Says what is there instead. */
    private static IOException notOfficial(Path file, String name, byte[] bytes, OfficialFile official) {
        if (FASHION.match(name, bytes)) {
            return new IOException(Text.error("%s: this is Fashion-MNIST, not MNIST: %s", file, MOVE));
        }
        try {
            int[] shape = Idx.of(bytes, file).shape();
            String form = Arrays.equals(shape, official.shape)
                    ? "right in form, but other values"
                    : Text.of("shape %s expected, %s found", Shapes.text(official.shape), Shapes.text(shape));
            return new IOException(Text.error(
                    "%s: %s: not MNIST. Another dataset under its names, such as Fashion-MNIST? Then %s",
                    file, form, MOVE));
        } catch (IOException e) { // no whole array of any kind
            int expected = official.packedBytes;
            if (name.endsWith(PACKED) && bytes.length != expected) {
                return new IOException(Text.error(
                        "%s: %,d bytes expected, %,d found. The copy is not whole: delete the file and %s",
                        file, expected, bytes.length, MEND));
            }
            return new IOException(Text.error(
                    "%s: checksum %s... expected, %s... found. The file is damaged: delete it and %s",
                    file,
                    SUMS.byName().get(name).substring(0, 12),
                    SUMS.of(bytes).substring(0, 12),
                    MEND));
        }
    }
}

package cnnkit.data;

import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {
    private static final Path OFFICIAL = Path.of("data", "mnist");
    private static final String MEND = "run  python3 lab.py build  in the folder of cnnkit, or  Mnist.install()";

    @TempDir
    Path folder;

    private void copyAll() throws IOException {
        for (String name : new String[] {
            "train-images-idx3-ubyte.gz",
            "train-labels-idx1-ubyte.gz",
            "t10k-images-idx3-ubyte.gz",
            "t10k-labels-idx1-ubyte.gz"
        }) {
            Files.copy(OFFICIAL.resolve(name), folder.resolve(name));
        }
    }

    @Test
    void theOfficialFilesHoldSixtyAndTenThousandDigits() throws IOException {
        Mnist mnist = Mnist.load();
        assertEquals(60_000, mnist.train().size());
        assertEquals(10_000, mnist.test().size());
        assertEquals(10, mnist.train().classes());
        assertArrayEquals(shape(1, 28, 28), mnist.train().imageShape());
        assertArrayEquals(
                shape(5, 0, 4, 1, 9, 2, 1, 3, 1, 4), mnist.train().take(10).labels());
        assertArrayEquals(
                shape(7, 2, 1, 0, 4, 1, 4, 9, 5, 9), mnist.test().take(10).labels());
        assertEquals(
                "Dataset of 60,000 images [1, 28, 28] in 10 classes",
                mnist.train().toString());
    }

    @Test
    void theTestImagesComeAloneWhereTheOthersAreMissing() throws IOException {
        copyAll();
        Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));
        Files.delete(folder.resolve("train-labels-idx1-ubyte.gz"));
        Dataset test = Mnist.loadTest(folder);
        assertArrayEquals(Mnist.load().test().labels(), test.labels());
        assertEquals(Mnist.load().test().image(9_999), test.image(9_999));
        Path missing = folder.resolve("t10k-images-idx3-ubyte.gz");
        Files.delete(missing);
        fails(
                NoSuchFileException.class,
                "MNIST is not complete: " + missing + " is missing: " + MEND,
                () -> Mnist.loadTest(folder));
    }

    @Test
    void everyDigitOccursAsOftenAsItIsKnownTo() throws IOException {
        int[] counts = new int[10];
        Arrays.stream(Mnist.load().train().labels()).forEach(label -> counts[label]++);
        assertArrayEquals(shape(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949), counts);
    }

    @Test
    void theFirstDigitIsAFiveWithInkInTheMiddleOnly() throws IOException {
        var five = Mnist.load().train().image(0);
        assertArrayEquals(shape(1, 28, 28), five.shape());
        assertEquals(1, five.max()); // 255 is 1
        assertEquals(0, five.min());
        assertEquals(3 / 255f, five.get(0, 5, 12)); // the first pixel that is not white: 3 of 255
        assertEquals(0, five.slice(0, 4).max());
        assertEquals(27525, Math.round(five.sum() * 255)); // all ink of the picture
    }

    @Test
    void theMeanAndSpreadOfAllPixelsAreThoseEveryBookNames() throws IOException {
        Dataset train = Mnist.load().train();
        double sum = 0, squares = 0;
        for (int from = 0; from < 60_000; from += 1000) {
            var batch = train.images(IntStream.range(from, from + 1000).toArray());
            for (float value : batch.data()) {
                sum += value;
                squares += (double) value * value;
            }
        }
        double n = 60_000.0 * 784;
        double mean = sum / n;
        assertEquals(0.1307, mean, 5e-5);
        assertEquals(0.3081, Math.sqrt(squares / n - mean * mean), 5e-5);
    }

    @Test
    void aSystemPropertyNamesAnotherFolder() {
        String before = System.getProperty("cnnkit.mnist");
        System.setProperty("cnnkit.mnist", folder.toString());
        try {
            fails(
                    NoSuchFileException.class,
                    "MNIST is not complete: " + folder.resolve("train-images-idx3-ubyte.gz") + " is missing: " + MEND,
                    Mnist::load);
        } finally {
            if (before == null) {
                System.clearProperty("cnnkit.mnist");
            } else {
                System.setProperty("cnnkit.mnist", before);
            }
        }
    }

    @Test
    void aMissingFileIsNamedWithTheCommandThatBringsIt() throws IOException {
        copyAll();
        Mnist.load(folder); // whole
        Path missing = folder.resolve("t10k-labels-idx1-ubyte.gz");
        Files.delete(missing);
        fails(
                NoSuchFileException.class,
                "MNIST is not complete: " + missing + " is missing: " + MEND,
                () -> Mnist.load(folder));
    }

    @Test
    void aFileThatWasCutShortIsNamedWithBothSizes() throws IOException {
        copyAll();
        Path cut = folder.resolve("train-labels-idx1-ubyte.gz");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 4_096));
        fails(
                IOException.class,
                cut + ": 28,881 bytes expected, 4,096 found. The copy is not whole: delete the file and " + MEND,
                () -> Mnist.load(folder));
    }

    @Test
    void aFileOfTheRightSizeWithOneBitChangedIsNamedWithBothChecksums() throws IOException {
        copyAll();
        Path damaged = folder.resolve("train-images-idx3-ubyte.gz");
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[5_000_000] ^= 1;
        Files.write(damaged, bytes);
        IOException error = assertThrows(IOException.class, () -> Mnist.load(folder));
        String message = error.getMessage();
        assertTrue(
                message.matches(Pattern.quote(damaged.toString())
                        + ": checksum 440fcabf73cc\\.\\.\\. expected, [0-9a-f]{12}\\.\\.\\. found\\."
                        + " The file is damaged: delete it and " + Pattern.quote(MEND)),
                message);
    }

    private static byte[] unpacked(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        }
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void unpackedDottedAndRepackedFilesAreReadIfTheyAreWhole() throws IOException {
        long expected = Mnist.load().train().checksum();
        byte[] images = unpacked(OFFICIAL.resolve("train-images-idx3-ubyte.gz"));
        byte[] labels = unpacked(OFFICIAL.resolve("train-labels-idx1-ubyte.gz"));
        Files.copy(OFFICIAL.resolve("t10k-images-idx3-ubyte.gz"), folder.resolve("t10k-images.idx3-ubyte.gz"));
        Files.write(folder.resolve("t10k-labels-idx1-ubyte"), unpacked(OFFICIAL.resolve("t10k-labels-idx1-ubyte.gz")));
        Path dotted = Files.write(folder.resolve("train-images.idx3-ubyte"), images);
        Files.write(folder.resolve("train-labels-idx1-ubyte.gz"), packed(labels));
        assertEquals(expected, Mnist.load(folder).train().checksum());
        images[5_000] ^= 1;
        Files.write(dotted, images);
        fails(IOException.class, dotted + ": right in form" + ANOTHER, () -> Mnist.load(folder));
        Files.write(dotted, Arrays.copyOf(images, 1_000));
        String message =
                assertThrows(IOException.class, () -> Mnist.load(folder)).getMessage();
        assertTrue(message.startsWith(dotted + ": checksum ba891046e650... expected, "), message);
    }

    private static final String ANOTHER = ", but other values: not MNIST. Another dataset under its names, such as"
            + " Fashion-MNIST? Then move its files to a folder of their own and " + MEND;

    /** The files of Fashion-MNIST have the names and shapes of MNIST's. */
    @Test
    void anotherDatasetUnderTheNamesOfMnistIsNotCalledDamaged() throws IOException {
        copyAll();
        Path labels = folder.resolve("train-labels-idx1-ubyte.gz");
        byte[] others = unpacked(labels);
        others[8] = 9; // the first of Fashion-MNIST is an ankle boot
        Files.write(labels, packed(others));
        fails(IOException.class, labels + ": right in form" + ANOTHER, () -> Mnist.load(folder));
        Path images = folder.resolve("train-images-idx3-ubyte.gz");
        Files.copy(OFFICIAL.resolve("train-labels-idx1-ubyte.gz"), labels, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(folder.resolve("t10k-images-idx3-ubyte.gz"), images, StandardCopyOption.REPLACE_EXISTING);
        fails(
                IOException.class,
                images + ": shape [60000, 28, 28] expected, [10000, 28, 28] found"
                        + ANOTHER.substring(", but other values".length()),
                () -> Mnist.load(folder));
    }

    @Test
    void theListsOfSumsNameAllFilesAndAreReadAsTheirToolsReadThem() {
        Checksums fashion = Checksums.read("fashion-mnist.md5", "MD5"),
                mnist = Checksums.read("mnist.sha256", "SHA-256");
        assertEquals(4, fashion.byName().size());
        assertEquals(8, mnist.byName().size());
        assertTrue(mnist.byName().keySet().containsAll(fashion.byName().keySet()));
        Checksums abc = new Checksums("MD5", Map.of("abc", "900150983cd24fb0d6963f7d28e17f72")); // from RFC 1321
        assertTrue(abc.match("abc", "abc".getBytes(StandardCharsets.US_ASCII)));
        assertFalse(abc.match("abc", "abd".getBytes(StandardCharsets.US_ASCII)));
        assertFalse(abc.match("abd", "abc".getBytes(StandardCharsets.US_ASCII)));
    }

    /** The stop button is for what comes next; a bare ClosedByInterruptException would say nothing. */
    @Test
    void anInterruptDoesNotBreakTheLoading() throws IOException {
        Thread.currentThread().interrupt();
        try {
            assertEquals(10_000, Mnist.load().test().size());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void withoutTheFolderTheErrorNamesAllPlacesAndSettings() throws IOException, InterruptedException {
        Path here = folder.toRealPath();
        assertEquals(
                "MNIST is not here: no folder data/mnist in " + here + " or above it or in CNNKIT_HOME, and no "
                        + folder.resolve(".cnnkit").resolve("mnist")
                        + "; -Dcnnkit.mnist and CNNKIT_MNIST name another. To get it, " + MEND,
                loadedIn(folder, Map.of()));
    }

    @Test
    void theFolderIsFoundFromAFolderBelow() throws IOException, InterruptedException {
        Path below = Files.createDirectories(folder.resolve("notebooks").resolve("en"));
        Path mnist = empty(folder.resolve("data").resolve("mnist"));
        assertEquals(incomplete(mnist.toRealPath()), loadedIn(below, Map.of()));
    }

    /** Each folder is empty, so that the error names the one that was chosen. */
    @Test
    void theSettingComesBeforeTheFolderAboveAndThisBeforeTheKitAndThatBeforeTheFolderOfThisPerson()
            throws IOException, InterruptedException {
        Path here = Files.createDirectories(folder.resolve("project").resolve("src"));
        Path mine = empty(folder.resolve(".cnnkit").resolve("mnist"));
        assertEquals(incomplete(mine), loadedIn(here, Map.of()));

        Path kit = folder.resolve("kit");
        Path ofKit = empty(kit.resolve("data").resolve("mnist"));
        Files.writeString(kit.resolve("lab.py"), "");
        assertEquals(incomplete(ofKit), loadedIn(here, Map.of("CNNKIT_HOME", kit.toString())));

        Path above = empty(folder.resolve("project").resolve("data").resolve("mnist"));
        assertEquals(incomplete(above.toRealPath()), loadedIn(here, Map.of("CNNKIT_HOME", kit.toString())));

        Path chosen = empty(folder.resolve("chosen"));
        assertEquals(incomplete(chosen), loadedIn(here, Map.of("CNNKIT_MNIST", chosen.toString())));
    }

    /** An empty folder on the way must not hide what install() has put into the folder of this person. */
    @Test
    void aFolderThatIsCompleteComesBeforeOneThatIsNot() throws IOException, InterruptedException {
        Path here = folder.resolve("project");
        empty(here.resolve("data").resolve("mnist"));
        Path mine = empty(folder.resolve(".cnnkit").resolve("mnist"));
        for (String name :
                new String[] {"train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"}) {
            Files.write(mine.resolve(name + "-ubyte.gz"), new byte[0]);
        }
        String told = loadedIn(here, Map.of());
        assertTrue(told.startsWith(mine.resolve("train-images-idx3-ubyte.gz").toString()), told);
    }

    private static Path empty(Path folder) throws IOException {
        return Files.createDirectories(folder);
    }

    private static String incomplete(Path folder) {
        return "MNIST is not complete: " + folder.resolve("train-images-idx3-ubyte.gz") + " is missing: " + MEND;
    }

    @Test
    void itIsInstalledFromTheArtifactInTheMavenRepositoryOfThisMachineWithoutANetwork() throws IOException {
        Path local = folder.resolve("repository");
        artifact(local, OFFICIAL, "mnist/");
        Path installed = Mnist.install(new MnistArtifact(local, "http://127.0.0.1:9"), folder.resolve("mnist"));
        assertEquals(10_000, Mnist.load(installed).test().size());
        try (var files = Files.list(installed)) {
            assertEquals(4, files.count());
        }
        Files.delete(local.resolve(JAR)); // a second time nothing is needed
        Mnist.install(new MnistArtifact(local, "http://127.0.0.1:9"), installed);
        Files.delete(installed.resolve("t10k-labels-idx1-ubyte.gz"));
        assertThrows(IOException.class, () -> Mnist.install(new MnistArtifact(local, "http://127.0.0.1:9"), installed));
    }

    @Test
    void itIsFetchedFromTheMirrorThatIsNamed() throws IOException {
        Path mirror = folder.resolve("mirror");
        artifact(mirror, OFFICIAL, "mnist/");
        String address = mirror.toUri().toString().replaceAll("/$", "");
        Path installed =
                Mnist.install(new MnistArtifact(folder.resolve("no repository"), address), folder.resolve("mnist"));
        assertEquals(60_000, Mnist.load(installed).train().size());
    }

    @Test
    void whatCannotBeFetchedIsNamedWithTheSettings() {
        String message = assertThrows(
                        IOException.class,
                        () -> Mnist.install(new MnistArtifact(folder, "http://127.0.0.1:9"), folder.resolve("mnist")))
                .getMessage();
        assertTrue(message.startsWith("MNIST cannot be fetched: http://127.0.0.1:9/" + JAR), message);
        assertTrue(message.contains("-Dhttps.proxyHost") && message.contains("MVNW_REPOURL"), message);
    }

    @Test
    void anArtifactWithoutTheOfficialFilesLeavesNothingBehind() throws IOException {
        Path local = folder.resolve("repository"), mnist = folder.resolve("mnist");
        artifact(local, OFFICIAL, "fashion/"); // Fashion-MNIST lies beside it, under the same names
        assertThrows(IOException.class, () -> Mnist.install(new MnistArtifact(local, "http://127.0.0.1:9"), mnist));
        copyAll();
        Files.writeString(folder.resolve("t10k-labels-idx1-ubyte.gz"), "another");
        artifact(local, folder, "mnist/");
        fails(
                IOException.class,
                JAR + ": no official t10k-labels-idx1-ubyte.gz in it. Nothing was written",
                () -> Mnist.install(new MnistArtifact(local, "http://127.0.0.1:9"), mnist));
        assertFalse(Files.exists(mnist));
    }

    @Test
    void theArtifactIsTheOneThatTheBuildUnpacks() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        Matcher version = Pattern.compile("<artifactId>rapaio-datasets</artifactId>\\s*<version>(.*?)</version>")
                .matcher(pom);
        assertTrue(version.find());
        assertTrue(new MnistArtifact(folder, "").address().endsWith("-" + version.group(1) + ".jar"));
    }

    private static final String JAR =
            "io/github/padreati/rapaio-datasets/8.1.0/rapaio-datasets-8.1.0.jar"; // as Maven lays it out

    /** A repository with an artifact that holds these files, among others, in a folder of datasets. */
    private static void artifact(Path repository, Path files, String dataset) throws IOException {
        Path jar = repository.resolve(JAR);
        Files.createDirectories(jar.getParent());
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
                var all = Files.list(files)) {
            out.putNextEntry(new ZipEntry("rapaio/provider/datasets/readme.txt"));
            for (Path file : all.filter(each -> each.toString().endsWith(".gz")).toList()) {
                out.putNextEntry(new ZipEntry("rapaio/provider/datasets/" + dataset + file.getFileName()));
                Files.copy(file, out);
            }
        }
    }

    /** What a Java that was started in the folder says when it loads MNIST. */
    private String loadedIn(Path here, Map<String, String> settings) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.home=" + folder,
                        "-cp",
                        location(Mnist.class) + File.pathSeparator + location(MnistTest.class),
                        LoadHere.class.getName())
                .directory(here.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD); // Java announces its JAVA_TOOL_OPTIONS there
        builder.environment().remove("CNNKIT_MNIST");
        builder.environment().put("CNNKIT_HOME", folder.toString()); // not the kit that the classes lie in
        builder.environment().putAll(settings);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Loads MNIST from the folder it is started in. */
    static final class LoadHere {
        private LoadHere() {}

        public static void main(String[] arguments) {
            try {
                System.out.println(Mnist.load());
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}

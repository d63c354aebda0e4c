package cnnkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Dataset;
import cnnkit.im2col.Window;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.Tensor;
import cnnkit.train.Evaluation;
import cnnkit.train.Trainer;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shape of the house: who may know whom, and what runs without which library. */
class ArchitectureTest {
    private static final Path SOURCES = Path.of("src/main/java/cnnkit");

    /** Top to bottom; a package knows only packages further down. */
    private static final List<String> PACKAGES = List.of(
            "live",
            "notebook",
            "homework",
            "plot.learned",
            "plot.lesson",
            "plot",
            "plot.chart",
            "plot.image",
            "plot.card",
            "inspect",
            "train",
            "network",
            "layer",
            "data",
            "io",
            "fast",
            "im2col",
            "tensor",
            "engine");

    private static final List<String> CORE =
            List.of("train", "network", "layer", "data", "io", "fast", "im2col", "tensor", "engine");
    /** The methods of the core that return a table, and the classes they are in. */
    private static final List<String> WITH_TABLES =
            List.of("History.java", "Evaluation.java", "Summary.java", "GradientCheck.java");

    private static final int MOST_PARAMETERS = 7;

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static String packageOf(Path source) {
        return SOURCES.relativize(source).getParent().toString().replace(File.separatorChar, '.');
    }

    @Test
    void everyPackageHasItsPlaceAndSaysWhatItIsFor() throws IOException {
        for (Path source : sources()) {
            String name = packageOf(source);
            assertTrue(PACKAGES.contains(name), name + " is not in the list of packages");
            assertTrue(Files.exists(source.resolveSibling("package-info.java")), name + " does not say what it is for");
        }
    }

    @Test
    void arrowsBetweenPackagesPointDownOnly() throws IOException {
        List<String> upward = new ArrayList<>();
        for (Path source : sources()) {
            Matcher known = Pattern.compile("\\bcnnkit\\.([a-z0-9.]+)\\.[A-Z]").matcher(Files.readString(source));
            while (known.find()) {
                if (PACKAGES.indexOf(known.group(1)) < PACKAGES.indexOf(packageOf(source))) {
                    upward.add(source + " knows " + known.group());
                }
            }
        }
        assertEquals(List.of(), upward);
    }

    /** More are hard to read, and hard to give in the right order: a value says what belongs together. */
    @Test
    void noMethodTakesMoreThanSevenParameters() throws Exception {
        List<String> tooLong = new ArrayList<>();
        Path classes = Path.of(whereIs(Tensor.class).toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                String name = classes.relativize(file)
                        .toString()
                        .replaceAll("\\.class$", "")
                        .replaceAll("[/\\\\]", ".");
                Class<?> type = Class.forName(name, false, getClass().getClassLoader());
                for (Method method : type.getDeclaredMethods()) {
                    if (!method.isSynthetic() && method.getParameterCount() > MOST_PARAMETERS) {
                        tooLong.add(method.toString());
                    }
                }
                for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                    boolean record = type.isRecord(); // its parameters are the names of its parts
                    if (!record && !constructor.isSynthetic() && constructor.getParameterCount() > MOST_PARAMETERS) {
                        tooLong.add(constructor.toString());
                    }
                }
            }
        }
        assertEquals(List.of(), tooLong);
    }

    @Test
    void onlyMethodsThatReturnATableNameALibraryInTheCore() throws IOException {
        List<String> dependent = new ArrayList<>();
        for (Path source : sources()) {
            String text = Files.readString(source);
            boolean named = text.contains("tech.tablesaw") || text.contains("org.knowm") || text.contains("org.dflib");
            if (named
                    && CORE.contains(packageOf(source))
                    && !WITH_TABLES.contains(source.getFileName().toString())) {
                dependent.add(source.toString());
            }
        }
        assertEquals(List.of(), dependent);
    }

    /** Who learns from MNIST needs no library that reads pictures. */
    @Test
    void onlyReadersOfPictureFilesNameTheLibrariesThatReadThem() throws IOException {
        List<String> readers = new ArrayList<>();
        for (Path source : sources()) {
            String text = Files.readString(source);
            if (text.contains("com.drew.") || text.contains("com.twelvemonkeys.") || text.contains("com.madgag.")) {
                readers.add(source.getFileName().toString());
            }
        }
        readers.sort(null);
        assertEquals(List.of("GifFile.java", "Orientation.java", "PictureFile.java"), readers);
    }

    @Test
    void aNetworkLearnsWithoutXChartAndTablesaw() throws Exception {
        URL[] ours = {whereIs(Tensor.class), whereIs(Learner.class)};
        try (URLClassLoader alone = new URLClassLoader(ours, ClassLoader.getPlatformClassLoader())) {
            assertThrows(ClassNotFoundException.class, () -> alone.loadClass("tech.tablesaw.api.Table"));
            assertThrows(ClassNotFoundException.class, () -> alone.loadClass("org.knowm.xchart.XYChart"));
            assertThrows(ClassNotFoundException.class, () -> alone.loadClass("com.drew.metadata.Metadata"));
            Class<?> learner = alone.loadClass(Learner.class.getName());
            assertFalse(learner == Learner.class, "loaded afresh, from our classes alone");
            Object steps = learner.getMethod("learn").invoke(null);
            assertEquals("2 steps", steps);
        } catch (InvocationTargetException e) {
            throw new AssertionError("the core needs a library", e.getCause());
        }
    }

    private static URL whereIs(Class<?> one) {
        return one.getProtectionDomain().getCodeSource().getLocation();
    }

    /** What runs with nothing but the core on its class path. */
    public static final class Learner {
        private Learner() {}

        /**
         * Two steps of training, a look at the result.
         *
         * @return how many steps were made
         */
        public static String learn() {
            var network = SimpleConvNet.builder()
                    .input(1, 4, 4)
                    .filters(2)
                    .convolution(Window.of(3))
                    .hidden(4)
                    .classes(2)
                    .build(1);
            var images = Dataset.of(new byte[4 * 16], new int[] {0, 1, 0, 1}, 2, 1, 4, 4);
            var history =
                    new Trainer(network, images).batchSize(2).validation(images).train();
            String text = network + "" + history + Evaluation.of(network, images);
            return text.isEmpty() ? text : history.steps().size() + " steps";
        }
    }
}

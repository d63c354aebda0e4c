package cnnkit.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cnnkit.AnotherJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Training ends with the same weights, to the bit, whatever computes: vectors or plain Java, one thread or four, long
 * registers or short ones, compiled or interpreted, this JDK or another. Each way runs in a Java of its own.
 */
@Tag("once")
class EngineBitsTest {
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";
    /** After 200 steps of the chapter's network; who changes the contract of the sums on purpose writes the new one here. */
    private static final String MNIST = "077bc544";
    /** After 60 steps of LeNet with ReLU and maximum. */
    private static final String LENET = "9069fbbb";
    /** After 3 steps of a small network: for ways without a multiply-add instruction, which are right but very slow. */
    private static final String TINY = "7fb8e2d6";

    static Stream<List<String>> ways() {
        return Stream.of(
                List.of(VECTORS),
                List.of(), // no module: the plain kernel
                List.of(VECTORS, "-Dcnnkit.plain=true"),
                List.of(VECTORS, "-Dcnnkit.threads=1"),
                List.of(VECTORS, "-Dcnnkit.threads=2"),
                List.of(VECTORS, "-Dcnnkit.threads=3"),
                List.of("-Dcnnkit.threads=4"),
                List.of(VECTORS, "-XX:UseAVX=2"),
                List.of("-XX:UseAVX=2"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyWayEndsWithTheSameWeights(List<String> way) throws Exception {
        assertEquals(MNIST, train(Path.of(System.getProperty("java.home")), way, "mnist"));
    }

    /** Its filters meet listed numbers when vectors compute, and all numbers when plain Java does. */
    @ParameterizedTest
    @MethodSource("ways")
    void soDoesANetworkWhoseGradientLeavesZerosOut(List<String> way) throws Exception {
        assertEquals(LENET, train(Path.of(System.getProperty("java.home")), way, "lenet"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:UseAVX=1", "-XX:UseAVX=0"})
    void waysWithoutTheInstructionAreRightToo(String way) throws Exception {
        assertEquals(TINY, train(Path.of(System.getProperty("java.home")), List.of(way), "tiny"));
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    void everyJdkEndsWithTheSameWeights(int version) throws Exception {
        Path jdk = otherJdk(version);
        assumeTrue(jdk != null, "no JDK " + version + " beside this one");
        assertEquals(MNIST, train(jdk, List.of(VECTORS), "mnist"));
        assertEquals(MNIST, train(jdk, List.of(), "mnist"));
        assertEquals(LENET, train(jdk, List.of(VECTORS), "lenet"));
    }

    /** Installed where Linux distributions put them; null if it is not. */
    private static Path otherJdk(int version) throws IOException {
        Path folder = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(folder)) {
            return null;
        }
        try (Stream<Path> jdks = Files.list(folder)) {
            return jdks.filter(jdk -> jdk.getFileName().toString().matches(".*\\b" + version + "\\b.*"))
                    .filter(jdk -> Files.isExecutable(jdk.resolve("bin").resolve("java")))
                    .findFirst()
                    .orElse(null);
        }
    }

    private static String train(Path javaHome, List<String> options, String what) throws Exception {
        List<String> all = new ArrayList<>(List.of("-Xmx512m"));
        all.addAll(options);
        boolean vectors = options.contains(VECTORS) && !options.contains("-Dcnnkit.plain=true");
        String kernel = vectors ? "vectors of " : "plain Java (";
        String said = AnotherJvm.says(javaHome, all, "cnnkit.train.TrainingInAnotherJvm", what, kernel);
        String[] lines = said.strip().split("\n"); // a JVM may warn on standard output that it has no such registers
        assertTrue(lines[lines.length - 2].startsWith(kernel), all + " ran on " + lines[lines.length - 2]);
        return lines[lines.length - 1];
    }
}

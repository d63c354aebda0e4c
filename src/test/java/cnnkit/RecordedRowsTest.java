package cnnkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Mnist;
import cnnkit.data.Split;
import cnnkit.network.Activation;
import cnnkit.network.InitialWeights;
import cnnkit.network.LeNet;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The long experiments of section 7.7 still compute what is recorded: their cheapest rows, to the bit. */
@Tag("once")
class RecordedRowsTest {
    @TempDir
    Path classes;

    /** One run of an experiment in src/experiments, its lines without the version at their ends. */
    private List<String> run(String experiment, Object... arguments) throws Exception {
        Path source = Path.of("src/experiments", experiment + ".java");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes.toString(), "-cp", "target/classes", source.toString());
        assertEquals(0, failed, experiment + " does not compile");
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            for (Method method : loader.loadClass(experiment).getDeclaredMethods()) {
                if (method.getName().equals("run")) {
                    method.setAccessible(true);
                    return withoutVersion(
                            ((String) method.invoke(null, arguments)).lines().toList());
                }
            }
            throw new AssertionError(experiment + " has no method run");
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }

    private static List<String> recorded(String experiment) throws IOException {
        return withoutVersion(Files.readAllLines(Path.of("data/experiments", experiment + ".csv")));
    }

    private static List<String> withoutVersion(List<String> lines) {
        return lines.stream()
                .map(line -> line.substring(0, line.lastIndexOf(',')))
                .toList();
    }

    @Test
    void oneEpochOfLeNet() throws Exception {
        Split split = Mnist.load().train().split();
        List<String> lines =
                run("LeNetChoices", split, 1L, Activation.RELU, LeNet.Pooling.KEEP_ONE, InitialWeights.he(), 1);
        assertEquals(1, lines.size());
        assertTrue(recorded("LeNetChoices").contains(lines.get(0)), "not in the record: " + lines);
    }

    @Test
    void theFullyConnectedNetworkWithAHundredImages() throws Exception {
        List<String> lines = run("AccuracyAgainstData", Mnist.load(), 1L, "FullyConnectedNet", 100);
        assertEquals(1, lines.size());
        assertTrue(recorded("AccuracyAgainstData").contains(lines.get(0)), "not in the record: " + lines);
    }
}

package cnnkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A program in a JVM of its own, with the class path of the tests. */
public final class AnotherJvm {
    private AnotherJvm() {}

    /**
     * Runs a program with the Java that runs the tests.
     *
     * @param options of Java
     * @param program its class and arguments
     * @return what it printed
     * @throws IOException if it does not start
     * @throws InterruptedException if somebody stops the test
     */
    public static String says(List<String> options, String... program) throws IOException, InterruptedException {
        return says(Path.of(System.getProperty("java.home")), options, program);
    }

    /**
     * Runs a program with any Java.
     *
     * @param javaHome where it is installed
     * @param options of Java
     * @param program its class and arguments
     * @return what it printed
     * @throws IOException if it does not start
     * @throws InterruptedException if somebody stops the test
     */
    public static String says(Path javaHome, List<String> options, String... program)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(javaHome.resolve("bin").resolve("java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(Arrays.asList(program));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> String.join(" ", command) + "\n" + said);
        return said;
    }
}

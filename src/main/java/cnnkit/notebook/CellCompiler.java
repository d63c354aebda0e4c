package cnnkit.notebook;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Spares the compiler of the cells, which is Java code itself, the slower of HotSpot's two compilers (C2). A notebook compiles
 * some hundred snippets: too few for what C2 gives to come back. Without it a notebook takes a sixth less processor time, and
 * on the single core of a Binder pod a fifth less of the learner's. The engine is still compiled by both.
 */
final class CellCompiler {
    private static final List<String> PACKAGES = List.of(
            "com/sun/tools/javac",
            "jdk/jshell", // the compiler
            "jdk/nio/zipfs",
            "jdk/internal/jrtfs",
            "sun/nio/fs", // its files
            "jdk/internal/org/objectweb/asm",
            "jdk/internal/classfile"); // what makes loops of cells stoppable

    private static boolean begun;

    private CellCompiler() {}

    /** Beside the first cell: the management of Java takes a fifth of a second to be there. */
    static synchronized void begin() {
        if (!begun) {
            begun = true;
            Thread thread = new Thread(CellCompiler::spare, "cnnkit-cell-compiler");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Only time depends on it: where Java is not HotSpot, or does not allow it, cells are compiled all the same. */
    static void spare() {
        try {
            Path file = Files.createTempFile("cnnkit-compiler", ".json");
            try {
                Files.writeString(file, directives());
                tell("compilerDirectivesAdd", '"' + file.toString() + '"');
            } finally {
                Files.delete(file);
            }
        } catch (IOException | JMException | RuntimeException e) {
            // see above
        }
    }

    private static String directives() {
        String methods = PACKAGES.stream().map(name -> '"' + name + "/*.*\"").collect(Collectors.joining(", "));
        return "[{match: [" + methods + "], c2: {Exclude: true}}]";
    }

    /** A command of jcmd, to this process. */
    static String tell(String command, String... arguments) throws JMException {
        Object[] parameters = arguments.length == 0 ? new Object[0] : new Object[] {arguments};
        String[] types = arguments.length == 0 ? new String[0] : new String[] {String[].class.getName()};
        ObjectName hotSpot = new ObjectName("com.sun.management:type=DiagnosticCommand");
        return (String) ManagementFactory.getPlatformMBeanServer().invoke(hotSpot, command, parameters, types);
    }
}

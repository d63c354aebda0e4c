package cnnkit.live;

import cnnkit.notebook.JavaKernel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * This kernel, as pages find it: its address, and what happens to a message. Messages come as the kernels' own classes, whose
 * package names differ, and with them those of their JSON; so what is common is called by name.
 */
final class Kernel {
    /** The name under which pages open a comm. */
    static final String TARGET = "cnnkit.live";

    private static Kernel listening;

    private final Panels panels = new Panels();
    private final String address;

    Kernel(String address) {
        this.address = address;
    }

    /** The kernel of this notebook, listening to pages; outside a notebook nobody asks. */
    static synchronized Kernel listening() {
        if (listening == null) {
            Kernel kernel = new Kernel(ownAddress());
            JavaKernel.running().ifPresent(running -> {
                try {
                    kernel.listenTo(running.comms());
                } catch (ReflectiveOperationException | LinkageError e) { // the still pictures stay
                    System.err.println("cnnkit: panels will be still pictures in this kernel: " + e);
                }
            });
            listening = kernel;
        }
        return listening;
    }

    /** One of the two classes is there, the other is not: its name must not come up. */
    void listenTo(Object comms) {
        boolean isJJava = false;
        for (Class<?> type = comms.getClass(); type != null; type = type.getSuperclass()) {
            isJJava |= type.getName().startsWith("org.dflib.jjava.");
        }
        if (isJJava) {
            JJavaComm.listen(comms, this);
        } else {
            IJavaComm.listen(comms, this);
        }
    }

    /**
     * The id that the Jupyter server gave this kernel, which is in the name of its connection file, and the moment this run began:
     * a restarted kernel keeps its id but knows no panel.
     */
    private static String ownAddress() {
        String command = System.getProperty("sun.java.command", "");
        Path file = Path.of(command.substring(command.lastIndexOf(' ') + 1)).getFileName();
        String id = String.valueOf(file).replaceAll("^kernel-|\\.json$", "");
        long began = ProcessHandle.current()
                .info()
                .startInstant()
                .map(Instant::toEpochMilli)
                .orElse(ProcessHandle.current().pid());
        return id + " " + began;
    }

    /** Where pages find this run of this kernel: its id, a space, and a number. */
    String address() {
        return address;
    }

    Panels panels() {
        return panels;
    }

    /** A message has come: answers it, through the same comm. Nothing is thrown, for that might end the kernel. */
    void received(Object comm, Object content) {
        try {
            Object data = content.getClass().getMethod("getData").invoke(content);
            Map<String, Object> answer;
            try {
                answer = panels.answer(Json.map(data), address);
            } catch (IllegalArgumentException e) {
                answer = Map.of("n", 0, "error", String.valueOf(e.getMessage()));
            }
            send(comm, data.getClass(), answer);
        } catch (Throwable e) {
            System.err.println("cnnkit: a panel could not answer: " + e);
        }
    }

    private static void send(Object comm, Class<?> jsonObject, Map<String, Object> answer)
            throws ReflectiveOperationException {
        Object json;
        try {
            json = Json.of(jsonObject, answer);
        } catch (InvocationTargetException e) { // a number that JSON has no letters for
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("n", answer.get("n"));
            error.put("error", String.valueOf(e.getCause()));
            json = Json.of(jsonObject, error);
        }
        Method send = Arrays.stream(comm.getClass().getMethods())
                .filter(method -> method.getName().equals("send") && method.getParameterCount() == 1)
                .findFirst()
                .orElseThrow(NoSuchMethodException::new);
        send.setAccessible(true);
        send.invoke(comm, json);
    }
}

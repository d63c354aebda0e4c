package cnnkit.notebook;

import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The kernel that runs this notebook: JJava, or IJava, from which it descends. Both have the same methods under other
 * package names, so they are called by name, and neither is needed to run.
 */
public final class JavaKernel {
    private final Object kernel;
    private final Class<?> displays; // has display(Object) and updateDisplay(String, Object)

    private JavaKernel(Object kernel, Class<?> displays) {
        this.kernel = kernel;
        this.displays = displays;
    }

    /**
     * The kernel of this notebook.
     *
     * @return the kernel; empty if this is no notebook
     */
    public static Optional<JavaKernel> running() {
        Optional<JavaKernel> jjava = running(
                "org.dflib.jjava.jupyter.kernel.BaseKernel",
                "notebookKernel",
                "org.dflib.jjava.jupyter.kernel.BaseNotebookStatics");
        return jjava.isPresent()
                ? jjava
                : running(
                        "io.github.spencerpark.ijava.IJava",
                        "getKernelInstance",
                        "io.github.spencerpark.ijava.runtime.Display");
    }

    private static Optional<JavaKernel> running(String kernel, String instance, String displays) {
        try {
            Object running = Class.forName(kernel).getMethod(instance).invoke(null);
            return running == null ? Optional.empty() : Optional.of(new JavaKernel(running, Class.forName(displays)));
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** The kernel that hands itself over. */
    static JavaKernel of(Object kernel, Class<?> displays) {
        return new JavaKernel(kernel, displays);
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }

    /** From now on values of this type are shown as HTML, and as text where there is no HTML. */
    <T> void show(Class<T> type, Function<? super T, String> html, Function<? super T, String> text)
            throws ReflectiveOperationException {
        Object renderer = call(kernel, "getRenderer");
        Object registration =
                renderer.getClass().getMethod("createRegistration", Class.class).invoke(renderer, type);
        Class<?> registrations = registration.getClass();
        registrations.getMethod("preferring", String[].class).invoke(registration, (Object) new String[] {"text/html"});
        registrations.getMethod("supporting", String[].class).invoke(registration, (Object)
                new String[] {"text/plain"});
        Method register = Arrays.stream(registrations.getMethods())
                .filter(method -> method.getName().equals("register"))
                .findFirst()
                .orElseThrow(NoSuchMethodException::new);
        Class<?> function = register.getParameterTypes()[0];
        InvocationHandler handler = (proxy, method, args) -> switch (method.getName()) {
            case "render" -> {
                T value = type.cast(args[0]);
                render(args[1], () -> html.apply(value), () -> text.apply(value));
                yield null;
            }
            case "equals" -> proxy == args[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "renderer of " + type.getName();
        };
        register.invoke(
                registration, Proxy.newProxyInstance(function.getClassLoader(), new Class<?>[] {function}, handler));
    }

    /** Fills the output. An error must not leave a renderer: the kernel would hang. */
    private static void render(Object context, Supplier<String> html, Supplier<String> text)
            throws ReflectiveOperationException {
        Object output = call(context, "getOutputContainer");
        try {
            put(output, "putText", text.get());
            put(output, "putHTML", html.get());
        } catch (Throwable e) {
            put(output, "putText", "this cannot be shown: " + e);
        }
    }

    private static void put(Object output, String method, String text) throws ReflectiveOperationException {
        output.getClass().getMethod(method, String.class).invoke(output, text);
    }

    /**
     * Where pages reach the kernel.
     *
     * @return its {@code CommManager}
     * @throws ReflectiveOperationException if this kernel has none
     */
    public Object comms() throws ReflectiveOperationException {
        return call(kernel, "getCommManager");
    }

    /** From the next cell on, what cells print goes through other streams: the kernel sets its own ones before each cell. */
    void prints(UnaryOperator<PrintStream> through) throws ReflectiveOperationException {
        Object io = call(kernel, "getIO");
        for (String name : List.of("out", "err")) {
            Field stream = io.getClass().getField(name);
            stream.setAccessible(true); // it is final, and there is no other way to stand before it
            stream.set(io, through.apply((PrintStream) stream.get(io)));
        }
    }

    /** The JShell in which cells run. JJava hands it out; IJava keeps it in a field. */
    Object shell() throws ReflectiveOperationException {
        try {
            return call(kernel, "getJShell");
        } catch (NoSuchMethodException e) {
            return call(field(kernel, "evaluator"), "getShell");
        }
    }

    /** The number of the cell that is running, which goes on counting. */
    Number cells() throws ReflectiveOperationException {
        return (Number) field(kernel, "executionCount");
    }

    private static Object field(Object target, String name) throws ReflectiveOperationException {
        for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field.get(target);
                }
            }
        }
        throw new NoSuchFieldException(name);
    }

    /** Whether a cell is running: what is shown between two cells is lost. */
    boolean isListening() throws ReflectiveOperationException {
        return (boolean) call(call(kernel, "getIO"), "isAttached");
    }

    /** Shows a value and returns the name of its place. */
    String display(Object value) throws ReflectiveOperationException {
        return (String) displays.getMethod("display", Object.class).invoke(null, value);
    }

    /** Shows another value in the same place. */
    void update(String place, Object value) throws ReflectiveOperationException {
        displays.getMethod("updateDisplay", String.class, Object.class).invoke(null, place, value);
    }
}

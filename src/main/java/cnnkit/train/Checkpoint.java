package cnnkit.train;

import cnnkit.io.NpyArray;
import cnnkit.io.Npz;
import cnnkit.layer.Parameter;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A training run as it stood at some moment: all it takes to go on to the same bits as if it had never stopped.
 *
 * <p>{@link Trainer#checkpoint} writes one after every epoch, {@link Trainer#resume(Path)} goes on from it. The file is an
 * NPZ archive, which NumPy can look into:
 * <pre>
 *     settings              text, one a line: format, seed, batch size, optimizer, images, layers
 *     progress              float64 [1, 4]: steps made; of the epoch so far the sum of losses, the images that were right,
 *                           the nanoseconds
 *     steps                 float64 [n, 4]: step, epoch, loss, accuracy
 *     epochs                float64 [n, 5]: epoch, loss, accuracy, validation accuracy, seconds
 *     parameters/W1 ...     float32
 *     optimizer/m/W1 ...    what the optimizer remembers
 * </pre>
 */
public final class Checkpoint {
    /** Goes up when the file changes, or the bits that training computes: an old run could not end as it would have. */
    private static final int FORMAT = 2;
    /** Who wrote the file; the one setting that may differ. */
    private static final String LIBRARY = "cnnkit";

    private static final String PARAMETERS = "parameters/";
    private static final String OPTIMIZER = "optimizer/";
    private static final int MOST_DIFFERENCES = 4; // that an error tells

    /**
     * Where in its run a trainer stands.
     *
     * @param step steps made
     * @param epochLoss sum over the images of the epoch so far
     * @param epochRight how many of them were right
     * @param epochNanos how long they took
     */
    record Position(int step, double epochLoss, int epochRight, long epochNanos) {}

    private final Map<String, String> settings;
    private final Map<String, NpyArray> arrays; // all others of the file

    private Checkpoint(Map<String, String> settings, Map<String, NpyArray> arrays) {
        this.settings = settings;
        this.arrays = arrays;
    }

    /** This moment. {@code settings} tell in words what must not change while a run goes on. */
    static Checkpoint of(
            Map<String, String> settings,
            Position position,
            History history,
            Map<String, Parameter> parameters,
            Optimizer optimizer) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("format", "" + FORMAT);
        all.put(LIBRARY, version());
        all.putAll(settings);

        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        double[] progress = { // a double holds any int, and the nanoseconds of three months
            position.step, position.epochLoss, position.epochRight, position.epochNanos
        };
        arrays.put("progress", NpyArray.of(progress, 1, progress.length));
        arrays.put("steps", history.stepRows());
        arrays.put("epochs", history.epochRows());
        parameters.forEach((name, parameter) -> arrays.put(PARAMETERS + name, NpyArray.of(parameter.value())));
        optimizer.state(parameters).forEach((name, value) -> arrays.put(OPTIMIZER + name, value));
        return new Checkpoint(parsed(text(all)), arrays);
    }

    private static String version() {
        String version = Checkpoint.class.getPackage().getImplementationVersion();
        return version == null ? "of no known version" : version; // outside its jar
    }

    private static String text(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + ": " + setting.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, String> parsed(String text) {
        Map<String, String> settings = new LinkedHashMap<>();
        text.lines()
                .map(line -> line.split(": ", 2))
                .forEach(setting -> settings.put(setting[0], setting[setting.length - 1]));
        return settings;
    }

    /** Writes it, whole or not at all. */
    void write(Path file) throws IOException {
        Map<String, NpyArray> all = new LinkedHashMap<>();
        byte[] text = text(settings).getBytes(StandardCharsets.UTF_8);
        all.put("settings", NpyArray.of(text, text.length));
        all.putAll(arrays);
        Npz.writeArrays(file, all);
    }

    /**
     * Reads a checkpoint, to look at it; {@link Trainer#resume(Path)} goes on from it.
     *
     * @param file that a trainer has written
     * @return the checkpoint
     * @throws IOException if the file is missing or damaged, is no checkpoint, or is one of another version
     */
    public static Checkpoint read(Path file) throws IOException {
        Map<String, NpyArray> arrays = Npz.readArrays(Objects.requireNonNull(file, "file"));
        NpyArray text = arrays.remove("settings");
        if (text == null || !text.type().equals("uint8")) {
            throw new IOException(Text.error(
                    "%s is no checkpoint: it holds no settings but %s", file, String.join(", ", arrays.keySet())));
        }
        Map<String, String> settings = parsed(new String(text.bytes(), StandardCharsets.UTF_8));
        if (!("" + FORMAT).equals(settings.get("format"))) {
            throw new IOException(Text.error(
                    "%s is a checkpoint of another version: format %s, written by cnnkit %s, but cnnkit %s goes on from format %d. Go on with that version, or begin again with another file",
                    file, settings.get("format"), settings.get(LIBRARY), version(), FORMAT));
        }
        int steps = rows(arrays, "steps", 4, file);
        int epochs = rows(arrays, "epochs", 5, file);
        boolean one = rows(arrays, "progress", 4, file) == 1;
        Checkpoint checkpoint = new Checkpoint(settings, arrays);
        if (!one || checkpoint.position().step != steps || epochs > steps) {
            throw new IOException(
                    Text.error("%s is no checkpoint: progress, steps and epochs do not belong together", file));
        }
        return checkpoint;
    }

    private static int rows(Map<String, NpyArray> arrays, String name, int columns, Path file) throws IOException {
        NpyArray array = arrays.get(name);
        int[] shape = array == null ? new int[0] : array.shape();
        if (shape.length != 2 || shape[1] != columns || !array.type().equals("float64")) {
            throw new IOException(Text.error(
                    "%s is no checkpoint: expected %s to be float64 [n, %d] but got %s",
                    file, name, columns, array == null ? "nothing" : array));
        }
        return shape[0];
    }

    /**
     * Makes sure that this one, from a file, is of the run that {@code here} is a moment of.
     *
     * @throws IllegalArgumentException if not, naming what differs
     */
    void requireSameRun(Checkpoint here, Path file) {
        Map<String, String> ours = here.identity(), theirs = identity();
        List<String> differences = new ArrayList<>();
        ours.forEach((name, our) -> {
            String their = theirs.get(name);
            if (their == null) {
                differences.add(Text.of("%s (%s) is missing in the file", name, our));
            } else if (!their.equals(our)) {
                differences.add(Text.of("%s is %s here but %s in the file", name, our, their));
            }
        });
        theirs.forEach((name, their) -> {
            if (!ours.containsKey(name)) {
                differences.add(Text.of("%s (%s) is not known here", name, their));
            }
        });
        if (!differences.isEmpty()) {
            int more = differences.size() - MOST_DIFFERENCES;
            throw new IllegalArgumentException(Text.error(
                    "%s is a checkpoint of another run: %s%s. Nothing was changed. Set up the same run, or begin again with another file",
                    file,
                    String.join(Text.of("; "), differences.subList(0, Math.min(differences.size(), MOST_DIFFERENCES))),
                    more > 0 ? "; and " + more + " more" : ""));
        }
    }

    /** What all moments of one run have in common: the settings; names, types and shapes of all that is remembered. */
    private Map<String, String> identity() {
        Map<String, String> identity = new LinkedHashMap<>(settings);
        arrays.forEach((name, array) -> identity.put(name, array.toString()));
        identity.keySet().removeAll(List.of(LIBRARY, "progress", "steps", "epochs"));
        return identity;
    }

    /** Gives parameters and optimizer the values they had. */
    void restore(Map<String, Parameter> parameters, Optimizer optimizer) {
        Map<String, NpyArray> state = new LinkedHashMap<>();
        arrays.forEach((name, value) -> {
            if (name.startsWith(OPTIMIZER)) {
                state.put(name.substring(OPTIMIZER.length()), value);
            }
        });
        optimizer.restore(parameters, state);
        parameters.forEach((name, parameter) -> {
            Tensor saved = arrays.get(PARAMETERS + name).tensor();
            System.arraycopy(saved.data(), 0, parameter.value().data(), 0, saved.length());
        });
    }

    Position position() {
        double[] progress = arrays.get("progress").doubles();
        return new Position((int) progress[0], progress[1], (int) progress[2], (long) progress[3]);
    }

    /** Adds all that was measured. */
    void restore(History history) {
        history.addRows(arrays.get("steps"), arrays.get("epochs"));
    }

    /**
     * Everything measured until then.
     *
     * @return a history of its own
     */
    public History history() {
        History history = new History();
        restore(history);
        return history;
    }

    /**
     * The settings and the history.
     *
     * @return a line for each setting and each finished epoch
     */
    @Override
    public String toString() {
        return text(settings) + "\n" + history();
    }
}

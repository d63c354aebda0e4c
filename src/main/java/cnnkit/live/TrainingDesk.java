package cnnkit.live;

import cnnkit.data.Dataset;
import cnnkit.layer.Parameter;
import cnnkit.network.Network;
import cnnkit.notebook.Shown;
import cnnkit.plot.Curves;
import cnnkit.plot.Drawing;
import cnnkit.plot.card.Numbers;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A desk to train at: learning rate, batch size and optimizer are changed while a network learns, and the curves of loss and
 * accuracy answer. One can stop, go back to the last change, and start once more; what was left stays pale behind the new curve.
 * <pre>
 *     TrainingDesk.of(network, split.train(), split.validation())
 * </pre>
 * as the last line of a cell. It begins with the weights that the network has then, and trains a copy: the network and its
 * gradients stay as they are, and {@link #copyTo} hands over what has been learned.
 *
 * <p>It trains only while the page asks, for a moment at a time, between two cells: nothing goes on when the page is closed. Of all
 * desks the eight that were used last keep their runs. The
 * same seed and the same settings at each step give the same weights, to the bit, whatever the machine; as long as no setting
 * changes, those of {@link cnnkit.train.Trainer}. For networks of which a step takes less than a tenth of a second: with AlexNet,
 * every answer would be late.
 */
public final class TrainingDesk implements Shown {
    private static final long MOMENT = 50_000_000; // ns for one question, so that sliders and the stop are heard
    private static final int MOST_RUNS = 8; // of all desks: each holds the weights several times
    private static final List<String> STILL_RATES = List.of("0.0001", "0.001", "0.1");
    private static final int STILL_BATCH = 20;
    private static final int STILL_STEPS = 30; // of each run of the still picture ...
    private static final long STILL_WORK = 4_000_000_000L; // ... and multiply-adds, at most

    private static final Set<TrainingDesk> TRAINED = new LinkedHashSet<>(); // that hold a run, the latest one last

    private final Network network;
    private final Dataset train;
    private final Dataset validation;
    private final float[][] first; // weights
    private long seed = 1;
    private DeskRun run; // null: nothing has been asked yet

    private TrainingDesk(Network network, Dataset train, Dataset validation, float[][] first) {
        this.network = network;
        this.train = train;
        this.validation = validation;
        this.first = first;
    }

    private DeskRun newRun() {
        return new DeskRun(network, first, train, validation, seed);
    }

    /** The run of this desk. The one that has not been asked for longest begins anew when it is, if there are too many. */
    private DeskRun run() {
        synchronized (TRAINED) {
            TRAINED.remove(this);
            TRAINED.add(this);
            if (TRAINED.size() > MOST_RUNS) {
                TrainingDesk oldest = TRAINED.iterator().next();
                oldest.run = null;
                TRAINED.remove(oldest);
            }
        }
        if (run == null) {
            run = newRun();
        }
        return run;
    }

    /**
     * A desk for a network, with seed 1; it begins with Adam, the learning rate 0.001 and batches of 100 images, as in the book.
     *
     * @param network to begin with; never changed
     * @param train images to learn from
     * @param validation images to measure the accuracy on, which training does not use; the first 300 of them
     * @return a desk
     * @throws IllegalArgumentException if there are no images, or of another number of classes than those to learn from, or the loss of
     *     the network is no finite number
     * @throws ShapeException if the images are no inputs of the network
     */
    public static TrainingDesk of(Network network, Dataset train, Dataset validation) {
        Objects.requireNonNull(network, "network");
        for (Dataset images : List.of(train, validation)) {
            if (images.size() == 0) {
                throw new IllegalArgumentException(Text.error(
                        "TrainingDesk: there are %,d images to learn from and %,d for validation: both are needed",
                        train.size(), validation.size()));
            }
            if (!Arrays.equals(images.imageShape(), network.inputShape())) {
                throw new ShapeException(Text.error(
                        "TrainingDesk: expected images %s, as the network takes them, but got %s",
                        Shapes.text(network.inputShape()), Shapes.text(images.imageShape())));
            }
        }
        if (train.classes() != validation.classes()) {
            throw new IllegalArgumentException(Text.error(
                    "TrainingDesk: the training images have %d classes but those for validation %d",
                    train.classes(), validation.classes()));
        }
        requireFiniteLoss(network, train);
        return new TrainingDesk(network, train, validation, new LentLayers(network).weights());
    }

    private static void requireFiniteLoss(Network network, Dataset images) {
        int[] batch = IntStream.range(0, Math.min(STILL_BATCH, images.size())).toArray();
        double loss = network.loss(images.images(batch), images.labels(batch));
        if (!Double.isFinite(loss)) {
            throw new IllegalArgumentException(Text.error(
                    "TrainingDesk: the loss is %s before anything was learned: look for such numbers in the weights of the network",
                    loss));
        }
    }

    /**
     * Decides the order of the images and what layers such as Dropout draw at random.
     *
     * @param seed any number
     * @return this desk, at its beginning
     */
    public TrainingDesk seed(long seed) {
        this.seed = seed;
        run = null;
        return this;
    }

    /**
     * Hands over what has been learned: copies the weights that the desk has now into a network.
     *
     * @param other a network with parameters of the same names and shapes; the one that the desk began with, if one likes
     * @throws IllegalArgumentException if it has others; nothing is changed
     */
    public void copyTo(Network other) {
        String here = parameters(network), there = parameters(other);
        if (!here.equals(there)) {
            throw new IllegalArgumentException(
                    Text.error("TrainingDesk: expected a network with the parameters %s but got %s", here, there));
        }
        float[][] weights = run().weights();
        int i = 0;
        for (Parameter parameter : other.parameters().values()) {
            System.arraycopy(weights[i], 0, parameter.value().data(), 0, weights[i].length);
            i++;
        }
    }

    private static String parameters(Network network) {
        List<String> all = new ArrayList<>();
        network.parameters()
                .forEach((name, parameter) ->
                        all.add(name + " " + Shapes.text(parameter.value().shape())));
        return String.join(", ", all);
    }

    private Panel panel() {
        String script =
                Script.of("elements.js", "desk-plot.js", "training-desk.js") + "\nreturn trainingDesk(root, ask);";
        return Live.panel(still(), script, this::answer);
    }

    /**
     * What a page gets for a question: how the run stands then.
     *
     * @param question {@code what}: "open", "train" with the settings, "back", or "again"
     * @return what to show
     */
    Map<String, Object> answer(Question question) {
        DeskRun run = run();
        Map<String, Object> answer = new LinkedHashMap<>();
        switch (question.text("what")) {
            case "open" -> {
                answer.put("choices", DeskSettings.choices());
                answer.put("words", DeskWords.all());
            }
            case "train" -> {
                long end = System.nanoTime() + MOMENT;
                run.train(DeskSettings.of(question), () -> System.nanoTime() < end);
            }
            case "back" -> run.back();
            case "again" -> run.again();
            default -> throw new IllegalArgumentException(Text.error("the page asked for nothing that a desk knows"));
        }
        run.measureFirst();
        answer.put("settings", run.settings().numbers());
        answer.put(
                "plots", DeskPlot.of(run).stream().map(plot -> plot.answer(run)).toList());
        answer.put("stretches", run.stretches().stream().map(this::line).toList());
        answer.put("said", DeskWords.said(run));
        answer.put("lost", run.lostAt() > 0);
        answer.put("canGoBack", run.canGoBack());
        answer.put("canStartAgain", run.step() > 0 || run.lostAt() > 0);
        return answer;
    }

    /** A stretch of steps with the same settings, as the cells of a line. */
    private List<String> line(DeskRun.Stretch stretch) {
        List<String> cells = new ArrayList<>(List.of("" + stretch.number(), Text.of("%,d", stretch.from())));
        cells.addAll(stretch.settings().cells());
        cells.add(Double.isNaN(stretch.accuracy()) ? "–" : Scores.percent(stretch.accuracy()));
        return cells;
    }

    /** Short runs with three learning rates: what one can find out at the desk. */
    private Drawing still() {
        long work = 3L * STILL_BATCH * Math.max(1, network.summary().multiplyAdds()); // forward, and twice that back
        int steps = (int) Math.max(2, Math.min(STILL_STEPS, STILL_WORK / work));
        Curves curves = Curves.of("step", "loss");
        List<DeskCurve> losses = new ArrayList<>();
        List<String> ends = new ArrayList<>();
        for (String rate : STILL_RATES) {
            DeskRun trial = newRun();
            trial.train(DeskSettings.of("Adam", rate, STILL_BATCH), () -> trial.step() < steps);
            DeskCurve loss = trial.loss();
            curves.line(Text.of("learning rate %s", rate), loss.xs(), loss.ys());
            losses.add(loss);
            ends.add(Text.of("%s with a rate of %s", Numbers.text(loss.y(loss.size() - 1)), rate));
        }
        return curves.limitsX(0, steps)
                .limitsY(0, DeskPlot.top(train.classes(), losses))
                .title(Text.of("A training desk: the same network with three learning rates"))
                .alt(Text.of(
                        "Loss of the first %d steps with three learning rates; at the end it is %s",
                        steps, String.join(Text.of(", "), ends)));
    }

    @Override
    public String html() {
        return panel().html();
    }

    /**
     * What the panel is for.
     *
     * @return a sentence
     */
    @Override
    public String toString() {
        return Text.of("A desk to train at: change learning rate, batch size and optimizer, and watch the curves");
    }
}

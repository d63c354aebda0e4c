package cnnkit.live;

import cnnkit.data.Dataset;
import cnnkit.network.Network;
import cnnkit.train.DivergedException;
import cnnkit.train.Evaluation;
import cnnkit.train.Optimizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A training run whose settings may change between two steps. It begins with the weights that a network has, goes on with a
 * copy of them, and never changes the network. As long as no setting changes, its steps are those of a {@link
 * cnnkit.train.Trainer} with the same settings and seed, to the bit, however they are divided.
 *
 * <p>What it keeps does not grow: curves have a number of points, and there are a few moments to go back to.
 */
final class DeskRun {
    private static final int HELD = 300; // images to measure on: enough to see, and fast
    private static final int BETWEEN = 500; // images to learn from, from one measurement to the next
    private static final int TOGETHER = 10; // steps; settings changed so soon after another are one change
    private static final int MOST_STRETCHES = 100;
    private static final int MOST_MARKS = 8; // each holds weights and what the optimizer remembers of them

    /**
     * Steps with the same settings.
     *
     * @param number of the stretch, from 1
     * @param from its first step
     * @param settings of all its steps
     * @param accuracy measured last in it; NaN if it was too short
     */
    record Stretch(int number, int from, DeskSettings settings, double accuracy) {}

    /** A moment of a run: all that decides what comes next, and all that is shown. */
    private final class Moment {
        private final float[][] weights;
        private DeskSettings settings;
        private Optimizer optimizer;
        private int step; // steps made
        private int epoch = 1; // of the next step
        private int used; // images of this epoch
        private long learned; // images of all epochs
        private DeskCurve loss = new DeskCurve(), accuracy = new DeskCurve();
        private final List<Stretch> stretches = new ArrayList<>();

        private Moment(float[][] weights, DeskSettings settings) {
            this.weights = weights;
            this.settings = settings;
            optimizer = settings.newOptimizer();
        }

        private Moment copy() {
            float[][] same = Arrays.stream(weights).map(float[]::clone).toArray(float[][]::new);
            Moment copy = new Moment(same, settings);
            copy.optimizer = likewise(settings);
            copy.step = step;
            copy.epoch = epoch;
            copy.used = used;
            copy.learned = learned;
            copy.loss = loss.copy();
            copy.accuracy = accuracy.copy();
            copy.stretches.addAll(stretches);
            return copy;
        }

        /** An optimizer of the same kind that remembers the same, of these settings. */
        private Optimizer likewise(DeskSettings wanted) {
            Optimizer other = wanted.newOptimizer();
            other.restore(network.parameters(), optimizer.state(network.parameters()));
            return other;
        }
    }

    private final Network network;
    private final LentLayers layers;
    private final Dataset images;
    private final Dataset held;
    private final long seed;
    private final float[][] first; // weights
    private Moment now;
    private final Deque<Moment> marks = new ArrayDeque<>(); // before the latest changes: to go back to
    private DeskCurve oldLoss = new DeskCurve(), oldAccuracy = new DeskCurve(); // what was left
    private int[] order; // of the images ...
    private int orderEpoch; // ... in this epoch
    private double lost; // the loss that was no finite number ...
    private int lostAt; // ... at this step; 0: all is well

    DeskRun(Network network, float[][] first, Dataset images, Dataset validation, long seed) {
        this.network = network;
        this.layers = new LentLayers(network);
        this.images = images;
        this.held = validation.take(Math.min(HELD, validation.size()));
        this.seed = seed;
        this.first = first;
        now = beginning(DeskSettings.BOOK);
    }

    private Moment beginning(DeskSettings settings) {
        return new Moment(Arrays.stream(first).map(float[]::clone).toArray(float[][]::new), settings);
    }

    /** Makes steps with these settings: one, and more as long as somebody wants. Where the loss is lost, none. */
    void train(DeskSettings settings, BooleanSupplier more) {
        if (lostAt > 0) {
            return;
        }
        change(settings);
        layers.with(now.weights, () -> {
            do {
                makeStep();
            } while (lostAt == 0 && more.getAsBoolean());
        });
    }

    /** The accuracy before the first step, unless it has been measured. */
    void measureFirst() {
        if (now.accuracy.size() == 0 && lostAt == 0) {
            layers.with(now.weights, this::measure);
        }
    }

    /** An optimizer of another kind begins anew; with another rate it goes on with what it remembers. */
    private void change(DeskSettings settings) {
        if (settings.equals(now.settings)) {
            return;
        }
        boolean isSoon = now.step < TOGETHER || !marks.isEmpty() && now.step - marks.getLast().step < TOGETHER;
        if (!isSoon) {
            if (!marks.isEmpty() && marks.getLast().settings.equals(now.settings)) {
                marks.removeLast(); // its change was undone
            }
            marks.add(now.copy());
            if (marks.size() > MOST_MARKS) {
                marks.remove();
            }
        }
        boolean isSameKind = settings.optimizer() == now.settings.optimizer();
        now.optimizer = isSameKind ? now.likewise(settings) : settings.newOptimizer();
        now.settings = settings;
    }

    private void makeStep() {
        int[] batch = nextBatch();
        double loss = network.gradient(images.images(batch), images.labels(batch), seed, now.step + 1);
        if (!Double.isFinite(loss)) {
            lose(loss, now.step + 1);
            return;
        }
        now.optimizer.update(network.parameters().values());
        now.step++;
        now.used += batch.length;
        addStretch();
        now.loss.add(now.step, loss);
        long before = now.learned / BETWEEN;
        now.learned += batch.length;
        if (now.learned / BETWEEN > before) {
            measure();
        }
    }

    /** The images behind those that the epoch has used; the last batch of an epoch may be smaller. */
    private int[] nextBatch() {
        if (now.used == images.size()) {
            now.used = 0;
            now.epoch++;
        }
        if (orderEpoch != now.epoch) {
            order = images.order(seed, now.epoch);
            orderEpoch = now.epoch;
        }
        int to = Math.min(now.used + now.settings.batchSize(), order.length);
        return Arrays.copyOfRange(order, now.used, to);
    }

    private void addStretch() {
        Stretch latest = latestStretch();
        if (latest == null || !latest.settings().equals(now.settings)) {
            int number = latest == null ? 1 : latest.number() + 1;
            now.stretches.add(new Stretch(number, now.step, now.settings, Double.NaN));
        }
        if (now.stretches.size() > MOST_STRETCHES) {
            now.stretches.remove(0);
        }
    }

    private Stretch latestStretch() {
        return now.stretches.isEmpty() ? null : now.stretches.get(now.stretches.size() - 1);
    }

    private void measure() {
        double share;
        try {
            share = Evaluation.of(network, held).accuracy();
        } catch (DivergedException e) {
            lose(Double.NaN, now.step);
            return;
        }
        now.accuracy.add(now.step, share);
        Stretch latest = latestStretch();
        if (latest != null) {
            Stretch measured = new Stretch(latest.number(), latest.from(), latest.settings(), share);
            now.stretches.set(now.stretches.size() - 1, measured);
        }
    }

    private void lose(double loss, int step) {
        lost = loss;
        lostAt = Math.max(1, step);
    }

    /**
     * To where a setting was changed last; from there to the change before, as far as the latest eight, and in the end to the
     * first weights. Weights, the optimizer's memory and the settings are those before the change.
     */
    void back() {
        if (!marks.isEmpty() && isAt(marks.getLast())) {
            marks.removeLast(); // nothing new to leave
        } else {
            leave();
        }
        now = marks.isEmpty() ? beginning(now.settings) : marks.getLast().copy();
    }

    private boolean isAt(Moment mark) {
        return lostAt == 0 && now.step == mark.step && now.settings.equals(mark.settings);
    }

    /** To the first weights, with the present settings. */
    void again() {
        leave();
        now = beginning(now.settings);
        marks.clear();
    }

    /** What has been stays, pale, behind what comes. */
    private void leave() {
        if (now.step > 0) {
            oldLoss = now.loss.copy();
            oldAccuracy = now.accuracy.copy();
        }
        lostAt = 0;
    }

    /** A copy of the weights as they are now. */
    float[][] weights() {
        return Arrays.stream(now.weights).map(float[]::clone).toArray(float[][]::new);
    }

    int step() {
        return now.step;
    }

    DeskSettings settings() {
        return now.settings;
    }

    List<Stretch> stretches() {
        return List.copyOf(now.stretches);
    }

    /** The loss of each step before its update. */
    DeskCurve loss() {
        return now.loss;
    }

    /** The accuracy on images that it does not learn from. */
    DeskCurve accuracy() {
        return now.accuracy;
    }

    DeskCurve oldLoss() {
        return oldLoss;
    }

    DeskCurve oldAccuracy() {
        return oldAccuracy;
    }

    int classes() {
        return images.classes();
    }

    /** On how many images the accuracy is measured. */
    int held() {
        return held.size();
    }

    /** Whether there is somewhere to go back to. */
    boolean canGoBack() {
        return now.step > 0 || lostAt > 0;
    }

    /** The step that gave no finite loss; 0 if all is well. */
    int lostAt() {
        return lostAt;
    }

    /** The loss at {@link #lostAt}. */
    double lost() {
        return lost;
    }
}

package cnnkit.train;

import cnnkit.io.NpyArray;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** What happened while a network learned: one record per step, one per finished epoch. It grows while training runs. */
public final class History {

    /**
     * One step: one batch, one update.
     *
     * @param step from 1, counted through all epochs
     * @param epoch from 1
     * @param loss of the batch, before the update
     * @param accuracy of the batch, before the update, in 0..1; in the first epoch these are images never seen before
     */
    public record Step(int step, int epoch, double loss, double accuracy) {}

    /**
     * One epoch: every training image once.
     *
     * @param epoch from 1
     * @param loss mean over the images of the epoch, each measured before the update it took part in
     * @param accuracy likewise, in 0..1
     * @param validationAccuracy after the epoch, on images that training does not use; NaN if there are none
     * @param seconds that its steps took, without validation
     */
    public record Epoch(int epoch, double loss, double accuracy, double validationAccuracy, double seconds) {}

    private final List<Step> steps = Collections.synchronizedList(new ArrayList<>());
    private final List<Epoch> epochs = Collections.synchronizedList(new ArrayList<>());

    History() {}

    void add(Step step) {
        steps.add(step);
    }

    void add(Epoch epoch) {
        epochs.add(epoch);
    }

    /**
     * The steps so far.
     *
     * @return a copy, oldest first
     */
    public List<Step> steps() {
        synchronized (steps) {
            return List.copyOf(steps);
        }
    }

    /**
     * The finished epochs so far.
     *
     * @return a copy, oldest first
     */
    public List<Epoch> epochs() {
        synchronized (epochs) {
            return List.copyOf(epochs);
        }
    }

    /** The steps for a file, (steps, 4), every number to the bit: a double holds any int. */
    NpyArray stepRows() {
        return rows(steps(), 4, s -> new double[] {s.step(), s.epoch(), s.loss(), s.accuracy()});
    }

    /** The epochs for a file, (epochs, 5). */
    NpyArray epochRows() {
        return rows(epochs(), 5, e ->
                new double[] {e.epoch(), e.loss(), e.accuracy(), e.validationAccuracy(), e.seconds()});
    }

    private static <T> NpyArray rows(List<T> lines, int columns, Function<T, double[]> row) {
        double[] values =
                lines.stream().map(row).flatMapToDouble(Arrays::stream).toArray();
        return NpyArray.of(values, lines.size(), columns);
    }

    /** Adds what was told to a file. */
    void addRows(NpyArray stepRows, NpyArray epochRows) {
        double[] s = stepRows.doubles();
        for (int i = 0; i < s.length; i += 4) {
            add(new Step((int) s[i], (int) s[i + 1], s[i + 2], s[i + 3]));
        }
        double[] e = epochRows.doubles();
        for (int i = 0; i < e.length; i += 5) {
            add(new Epoch((int) e[i], e[i + 1], e[i + 2], e[i + 3], e[i + 4]));
        }
    }

    /**
     * The epochs as a table.
     *
     * @return columns epoch, loss, training accuracy, validation accuracy (missing where there is none), seconds
     */
    public Table table() {
        IntColumn epoch = IntColumn.create("epoch");
        DoubleColumn loss = DoubleColumn.create("loss");
        DoubleColumn accuracy = DoubleColumn.create("training accuracy");
        DoubleColumn validation = DoubleColumn.create("validation accuracy");
        DoubleColumn seconds = DoubleColumn.create("seconds");
        for (Epoch line : epochs()) {
            epoch.append(line.epoch());
            loss.append(line.loss());
            accuracy.append(line.accuracy());
            validation.append(line.validationAccuracy()); // NaN is what Tablesaw takes for a missing value
            seconds.append(line.seconds());
        }
        return Table.create("history", epoch, loss, accuracy, validation, seconds);
    }

    /**
     * In words.
     *
     * @return one line per epoch
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(Text.of("%,d steps in %d finished epochs", steps.size(), epochs.size()));
        for (Epoch line : epochs()) {
            text.append(Text.of("%nepoch %d: loss %.4f, accuracy %.4f", line.epoch(), line.loss(), line.accuracy()));
            if (!Double.isNaN(line.validationAccuracy())) {
                text.append(Text.of(", validation accuracy %.4f", line.validationAccuracy()));
            }
        }
        return text.toString();
    }
}

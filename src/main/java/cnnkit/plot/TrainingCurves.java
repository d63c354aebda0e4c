package cnnkit.plot;

import cnnkit.plot.card.Numbers;
import cnnkit.plot.card.Style;
import cnnkit.plot.chart.Plot;
import cnnkit.plot.chart.XySettings;
import cnnkit.tensor.Text;
import cnnkit.train.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The two curves of a training run, loss and accuracy, side by side. */
final class TrainingCurves {
    private static final int HEIGHT = 270;

    private final List<History.Step> steps;
    private final List<History.Epoch> epochs;
    private final int most;

    private TrainingCurves(History history, int most) {
        steps = history.steps();
        epochs = history.epochs();
        this.most = most;
        if (steps.isEmpty()) {
            throw new IllegalArgumentException(Text.error("Curves.training: this history has no steps yet"));
        }
    }

    static Figure figure(History history, int most) {
        TrainingCurves training = new TrainingCurves(history, most);
        List<Plot> halves = settings(history, most).stream().map(Plot::of).toList();
        return Figure.of(Plot.row(halves), Figure.FEW_COLORS, training.alt());
    }

    /** Loss and accuracy, as they are drawn. */
    static List<XySettings> settings(History history, int most) {
        TrainingCurves training = new TrainingCurves(history, most);
        return List.of(training.loss(), training.accuracy());
    }

    private XySettings loss() {
        Curves curves = half("loss").line(lineName(), middles(), means(History.Step::loss));
        addEpochs(curves, "epoch mean", History.Epoch::loss, 0.5);
        double highest = drawn(History.Step::loss, History.Epoch::loss).max().orElse(1);
        return curves.limitsY(0, Math.max(0.5, Math.ceil(highest * 2) / 2)).settings();
    }

    private XySettings accuracy() {
        Curves curves = half("accuracy").line(lineName(), middles(), means(History.Step::accuracy));
        addEpochs(curves, "epoch mean", History.Epoch::accuracy, 0.5);
        addEpochs(curves, "validation", History.Epoch::validationAccuracy, 1);
        double lowest = DoubleStream.concat(
                        drawn(History.Step::accuracy, History.Epoch::accuracy),
                        drawn(History.Step::accuracy, History.Epoch::validationAccuracy))
                .min()
                .orElse(0);
        return curves.limitsY(Math.max(0, Math.floor(lowest * 10 - 0.5) / 10), 1)
                .settings();
    }

    /** All finite numbers that a line and its dots show: the axis has to hold every one of them. */
    private DoubleStream drawn(ToDoubleFunction<History.Step> line, ToDoubleFunction<History.Epoch> dots) {
        return DoubleStream.concat(Arrays.stream(means(line)), epochs.stream().mapToDouble(dots))
                .filter(Double::isFinite);
    }

    private Curves half(String yName) {
        return Curves.of("step", yName).size(Style.WIDTH / 2, HEIGHT).limitsX(0, steps.size());
    }

    private double[] means(ToDoubleFunction<History.Step> value) {
        return Curves.means(steps.stream().mapToDouble(value).toArray(), most);
    }

    private String lineName() {
        int group = (steps.size() + most - 1) / most;
        return group == 1 ? "batch" : "mean of " + group + " batches";
    }

    private double[] middles() {
        return means(History.Step::step);
    }

    /** One dot per epoch: a mean belongs in its middle (0.5), what was measured after it at its last step (1). */
    private void addEpochs(Curves curves, String name, ToDoubleFunction<History.Epoch> value, double where) {
        List<double[]> dots = new ArrayList<>();
        for (History.Epoch epoch : epochs) {
            int first = steps.stream()
                    .filter(step -> step.epoch() == epoch.epoch())
                    .findFirst()
                    .orElseThrow()
                    .step();
            long length =
                    steps.stream().filter(step -> step.epoch() == epoch.epoch()).count();
            double y = value.applyAsDouble(epoch);
            if (!Double.isNaN(y)) {
                dots.add(new double[] {first + where * (length - 1), y}); // from the first step to the last
            }
        }
        if (!dots.isEmpty()) {
            curves.dots(
                    name,
                    dots.stream().mapToDouble(dot -> dot[0]).toArray(),
                    dots.stream().mapToDouble(dot -> dot[1]).toArray());
        }
    }

    private String alt() {
        History.Step first = steps.get(0);
        double[] losses = means(History.Step::loss);
        double[] accuracies = means(History.Step::accuracy);
        double last = losses[losses.length - 1];
        String text = Text.of(
                last <= first.loss()
                        ? "In %,d steps the loss falls from %s to %s and the accuracy of the batches reaches %s %%."
                        : "In %,d steps the loss goes from %s to %s and the accuracy of the batches reaches %s %%.",
                steps.size(),
                Numbers.text(first.loss(), 2),
                Numbers.text(last, 3),
                Numbers.text(100 * accuracies[accuracies.length - 1], 1));
        double validation =
                epochs.isEmpty() ? Double.NaN : epochs.get(epochs.size() - 1).validationAccuracy();
        return Double.isNaN(validation)
                ? text
                : text + Text.of(" On the validation images it is %s %%.", Numbers.text(100 * validation, 1));
    }
}

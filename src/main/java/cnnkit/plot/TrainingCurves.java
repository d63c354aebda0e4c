package cnnkit.plot;

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
            throw new IllegalArgumentException("Curves.training: this history has no steps yet");
        }
    }

    static Figure figure(History history, int most) {
        TrainingCurves training = new TrainingCurves(history, most);
        return Plot.row(List.of(training.loss(), training.accuracy()), training.alt());
    }

    private Plot loss() {
        Curves curves = half("loss").line(lineName(), middles(), means(History.Step::loss));
        double highest = Arrays.stream(means(History.Step::loss)).max().orElseThrow();
        addEpochs(curves, "epoch mean", History.Epoch::loss, 0.5);
        return XyChart.of(curves.limitsY(0, Math.ceil(highest * 2) / 2));
    }

    private Plot accuracy() {
        double[] batches = means(History.Step::accuracy);
        Curves curves = half("accuracy").line(lineName(), middles(), batches);
        addEpochs(curves, "epoch mean", History.Epoch::accuracy, 0.5);
        addEpochs(curves, "validation", History.Epoch::validationAccuracy, 1);
        return XyChart.of(curves.limitsY(floor(batches), 1));
    }

    /** The first steps climb from chance; the axis begins where the last three quarters of the curve lie. */
    private double floor(double[] accuracies) {
        double lowest = DoubleStream.concat(
                        Arrays.stream(accuracies, accuracies.length / 4, accuracies.length),
                        epochs.stream().mapToDouble(History.Epoch::accuracy))
                .min()
                .orElseThrow();
        return Math.max(0, Math.floor(lowest * 10 - 0.5) / 10);
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

    /** One dot per epoch: a mean belongs in its middle (0.5), what was measured after it at its end (1). */
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
                dots.add(new double[] {first + where * length, y});
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
        String text = "In %,d steps the loss falls from %s to %s and the accuracy of the batches reaches %s %%."
                .formatted(
                        steps.size(),
                        Numbers.text(first.loss(), 2),
                        Numbers.text(losses[losses.length - 1], 3),
                        Numbers.text(100 * accuracies[accuracies.length - 1], 1));
        double validation =
                epochs.isEmpty() ? Double.NaN : epochs.get(epochs.size() - 1).validationAccuracy();
        return Double.isNaN(validation)
                ? text
                : text + " On the validation images it is %s %%.".formatted(Numbers.text(100 * validation, 1));
    }
}

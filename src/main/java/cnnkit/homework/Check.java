package cnnkit.homework;

import cnnkit.data.Mnist;
import cnnkit.im2col.Window;
import cnnkit.layer.Layer;
import cnnkit.network.Network;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Checks of a learner's own code: each tries it on cases that grow from one number to batches with channels, stride, padding
 * and rectangles, and says where it fails and which mistake it is.
 * <pre>
 *     Report report = Check.im2col(MyHomework::im2col);
 *     report.passed();
 *     report.hint();          // the mistake; once more: a question that leads on
 *     report.orThrow();       // in a test
 * </pre>
 * Whatever the code does, the check comes back: exceptions, loops without an end, too much printing are findings. Forward and
 * backward are judged apart. Numbers may be added up in any order, in float or double.
 */
public final class Check {
    private static final String LIMIT = "cnnkit.homework.seconds";
    private static volatile Duration limit = Duration.ofMillis((long) (1000 * seconds()));

    private Check() {}

    private static volatile Consumer<Report> listener = report -> {};

    /** Somebody who hears of every report from now on. */
    static void listen(Consumer<Report> newListener) {
        listener = newListener;
    }

    private static Report heard(Report report) {
        listener.accept(report);
        return report;
    }

    private static double seconds() {
        try {
            return Double.parseDouble(System.getProperty(LIMIT, "10"));
        } catch (NumberFormatException e) {
            return 10;
        }
    }

    /**
     * Sets how long the code of one check may take. It is 10 seconds unless this or the property
     * {@code cnnkit.homework.seconds} says otherwise.
     *
     * @param newLimit for all checks from now on
     * @throws IllegalArgumentException unless it is longer than nothing
     */
    public static void timeLimit(Duration newLimit) {
        Objects.requireNonNull(newLimit, "the time limit is null: give one, such as Duration.ofSeconds(10)");
        if (newLimit.isNegative() || newLimit.isZero()) {
            throw new IllegalArgumentException(Text.error("Check: expected a time limit above 0 but got %s", newLimit));
        }
        limit = newLimit;
    }

    private static <T> T required(T yours, String what) {
        return Objects.requireNonNull(
                yours, () -> Text.of("Check: the code to be checked is null: give %s", Text.of(what)));
    }

    /**
     * The number of positions of a window (section 7.2.4). Where the stride does not divide, flooring and refusing are both
     * right.
     *
     * @param yours the learner's formula
     * @return what was found out
     */
    public static Report outputSize(SizeRule yours) {
        return heard(Examination.of(new SizeTask(required(yours, "a formula")), limit));
    }

    /**
     * im2col (section 7.4.2): (N, C, H, W) to (N * OH * OW, C * FH * FW).
     *
     * @param yours the learner's method
     * @return what was found out
     */
    public static Report im2col(Unfolding yours) {
        return heard(Examination.of(new UnfoldingTask(required(yours, "your im2col")), limit));
    }

    /**
     * col2im, its transpose: (N * OH * OW, C * FH * FW) to (N, C, H, W).
     *
     * @param yours the learner's method
     * @return what was found out
     */
    public static Report col2im(Folding yours) {
        return heard(Examination.of(new FoldingTask(required(yours, "your col2im")), limit));
    }

    /**
     * A convolution layer (section 7.4.3): forward, dx, dW and db.
     *
     * @param yours makes the learner's layer
     * @return what was found out
     */
    public static Report convolution(ConvolutionMaker yours) {
        return heard(Examination.of(new ConvolutionTask(required(yours, "a way to make your layer")), limit));
    }

    /**
     * A layer that keeps the largest value of each window (section 7.4.4): forward and dx. Of equal maxima any may get the
     * gradient, or all their shares.
     *
     * @param yours makes the learner's layer
     * @return what was found out
     */
    public static Report maxPooling(Function<Window, Layer> yours) {
        return heard(Examination.of(PoolingTask.maximum(required(yours, "a way to make your layer")), limit));
    }

    /**
     * A layer that keeps the mean of each window: forward and dx. The mean is over the pixels inside the image.
     *
     * @param yours makes the learner's layer
     * @return what was found out
     */
    public static Report averagePooling(Function<Window, Layer> yours) {
        return heard(Examination.of(PoolingTask.average(required(yours, "a way to make your layer")), limit));
    }

    /**
     * A fully connected layer, x W + b: forward, dx, dW and db.
     *
     * @param yours makes the learner's layer from W (I, O) and b (O)
     * @return what was found out
     */
    public static Report affine(BiFunction<Tensor, Tensor, Layer> yours) {
        return heard(Examination.of(new AffineTask(required(yours, "a way to make your layer")), limit));
    }

    /**
     * ReLU: forward and dx. What happens at exactly 0 is left open.
     *
     * @param yours makes the learner's layer
     * @return what was found out
     */
    public static Report relu(Supplier<Layer> yours) {
        return heard(Examination.of(ElementwiseTask.relu(required(yours, "a way to make your layer")), limit));
    }

    /**
     * The sigmoid: forward and dx.
     *
     * @param yours makes the learner's layer
     * @return what was found out
     */
    public static Report sigmoid(Supplier<Layer> yours) {
        return heard(Examination.of(ElementwiseTask.sigmoid(required(yours, "a way to make your layer")), limit));
    }

    /**
     * Softmax with the mean cross-entropy behind it: the loss, and its gradient with respect to the scores.
     *
     * @param yours makes the learner's loss
     * @return what was found out
     */
    public static Report softmaxWithLoss(Supplier<Loss> yours) {
        return heard(Examination.of(new LossTask(required(yours, "a way to make your loss")), limit));
    }

    /**
     * Dropout: {@link Layer#forwardInTraining} drops a share, {@link Layer#forward} predicts. Scaled while learning or while
     * predicting: both are right. Another seed must drop other values, and backward belongs to the latest forward pass, whichever
     * of the two that was.
     *
     * @param yours makes the learner's layer for a ratio, the share that is dropped
     * @return what was found out
     */
    public static Report dropout(DoubleFunction<Layer> yours) {
        return heard(DropoutExamination.of(required(yours, "a way to make your layer"), limit));
    }

    /**
     * The gradients of any layer, parameter by parameter, held against numerical ones. What the layer should compute is not
     * asked.
     *
     * @param yours makes the learner's layer
     * @param inputShape of one element of a batch, such as 1, 6, 6; a small one, because each value is moved to and fro
     * @return what was found out
     */
    public static Report layer(Supplier<Layer> yours, int... inputShape) {
        return heard(GradientExamination.of(required(yours, "a way to make your layer"), inputShape.clone(), limit));
    }

    /**
     * A network of one's own: its parameters and multiply-adds, and its accuracy on 5,000 validation images of MNIST after
     * some epochs on the other 55,000. The network is trained here (Adam, rate 0.001, batches of 100, seed 1); there is no
     * time limit, but the stop button works. Afterwards it is a trained network; if it is checked again, it begins once more with
     * the values that it had before.
     *
     * @param yours the network, as it begins
     * @param budget what it may cost, and what it must reach
     * @return what was found out
     * @throws IOException if MNIST is not there
     */
    public static Report network(Network yours, Budget budget) throws IOException {
        required(yours, "a network");
        Objects.requireNonNull(budget, "the budget is null: give one, such as Budget.of(60_000, 3, 0.985)");
        return heard(NetworkExamination.of(yours, budget, Mnist.load().train().split()));
    }
}

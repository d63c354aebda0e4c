package cnnkit.plot.learned;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.Convolution;
import cnnkit.layer.Layer;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Relu;
import cnnkit.layer.SoftmaxWithLoss;
import cnnkit.network.Network;
import cnnkit.network.Pass;
import cnnkit.network.Plan;
import cnnkit.plot.Figure;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.Numbers;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One image through every step of the chapter, and one of its windows followed all the way: as a product with a filter, as
 * a row of im2col, as a cell of the feature map, behind ReLU and pooling, among the flattened numbers, to the ten
 * probabilities (section 7.8).
 * <pre>
 *     Walkthrough.of(network, mnist.test().image(0)).follow(filter, row, column).title("One seven, fifteen steps")
 * </pre>
 * The network is a SimpleConvNet with any settings, on images of one channel. Without {@link #follow} the window is the one
 * that a filter answers to most.
 */
public final class Walkthrough extends TitledDrawing<Walkthrough> {
    private static final List<Class<? extends Layer>> PLAN =
            List.of(Convolution.class, Relu.class, MaxPooling.class, Affine.class, Relu.class, Affine.class);

    final Tensor image; // (H, W)
    final Window window;
    final Tensor col; // im2col of the image, (OH*OW, FH*FW)
    final Tensor filters; // W1, (FN, FH, FW)
    final Tensor bias; // b1, (FN)
    final Tensor maps; // (FN, OH, OW)
    final Tensor rectified; // the same behind ReLU
    final Tensor pooled; // (FN, PH, PW)
    final Window poolingWindow;
    final Tensor hidden; // behind the second ReLU, (hidden units)
    final Tensor scores; // (classes)
    final Tensor probabilities; // (classes)
    private Followed followed;

    private Walkthrough(Network network, Tensor image) {
        List<Layer> layers = new ArrayList<>(network.layers().values());
        this.image = image.slice(0, 0);
        Convolution convolution = (Convolution) layers.get(0);
        window = convolution.window();
        col = Im2col.im2col(image, window);
        Tensor W = convolution.W().value();
        filters = W.reshape(W.size(0), W.size(2), W.size(3));
        bias = convolution.b().value();
        poolingWindow = ((MaxPooling) layers.get(2)).window();
        Pass pass = network.pass(Plan.layerByLayer(network));
        Tensor last = pass.forward(image);
        maps = pass.output(layers.get(0).name()).slice(0);
        rectified = pass.output(layers.get(1).name()).slice(0);
        pooled = pass.output(layers.get(2).name()).slice(0);
        hidden = pass.output(layers.get(4).name()).slice(0);
        scores = last.slice(0);
        probabilities = SoftmaxWithLoss.softmax(last).slice(0);
        followStrongest();
    }

    private static Tensor batch(Tensor one) {
        int[] shape = new int[one.rank() + 1];
        shape[0] = 1;
        System.arraycopy(one.shape(), 0, shape, 1, one.rank());
        return one.reshape(shape);
    }

    private void followStrongest() {
        int strongest = 0;
        for (int i = 1; i < rectified.length(); i++) {
            strongest = rectified.data()[i] > rectified.data()[strongest] ? i : strongest;
        }
        int OH = maps.size(1), OW = maps.size(2);
        followed = new Followed(this, strongest / (OH * OW), strongest / OW % OH, strongest % OW);
    }

    /**
     * Sends an image through a network.
     *
     * @param network a SimpleConvNet, for images of one channel
     * @param image (1, H, W), or a batch of one
     * @return a figure that follows the window some filter answers to most
     * @throws ShapeException if the image does not have the input shape of the network
     * @throws IllegalArgumentException if the network has other layers than a SimpleConvNet, or more than one channel
     */
    public static Walkthrough of(Network network, Tensor image) {
        List<String> kinds = network.layers().values().stream()
                .map(layer -> layer.getClass().getSimpleName())
                .toList();
        List<String> plan = PLAN.stream().map(Class::getSimpleName).toList();
        int[] shape = network.inputShape();
        if (!kinds.equals(plan) || shape.length != 3 || shape[0] != 1) {
            throw new IllegalArgumentException(Text.error(
                    "Walkthrough: expected a SimpleConvNet for images of one channel, %s, but got %s for inputs %s",
                    String.join(" ", plan), String.join(" ", kinds), Shapes.text(shape)));
        }
        if (!image.hasShape(shape) && !image.hasShape(1, 1, shape[1], shape[2])) {
            throw new ShapeException(Text.error(
                    "Walkthrough: expected one image %s but got %s", Shapes.text(shape), Shapes.text(image.shape())));
        }
        return new Walkthrough(network, image.reshape(1, 1, shape[1], shape[2]));
    }

    /**
     * Chooses what is followed: one filter at one place.
     *
     * @param filter from 0 to FN-1
     * @param row of the feature map, from 0 to OH-1
     * @param column of the feature map, from 0 to OW-1
     * @return this figure
     * @throws IndexOutOfBoundsException if there is no such place in the feature maps
     */
    public Walkthrough follow(int filter, int row, int column) {
        followed = new Followed(
                this,
                Objects.checkIndex(filter, maps.size(0)),
                Objects.checkIndex(row, maps.size(1)),
                Objects.checkIndex(column, maps.size(2)));
        return this;
    }

    /** What is followed now. */
    Followed followed() {
        return followed;
    }

    @Override
    protected String words() {
        int answer = batch(scores).argmax()[0];
        String steps = Text.of(
                "The window at row %d, column %d times filter %d, summed, is %s; behind ReLU and pooling %s is left, "
                        + "number %s of %s that are flattened; the answer is %d with probability %s",
                followed.row(),
                followed.column(),
                followed.filter(),
                Numbers.text(followed.sum()),
                Numbers.text(followed.pooled()),
                Numbers.text(followed.flatIndex()),
                Numbers.text(pooled.length()),
                answer,
                Numbers.text(probabilities.get(answer), 3));
        return afterTitle(". ", steps);
    }

    @Override
    public Figure figure() {
        return titled(new WalkthroughPainter(followed).figure(alt()));
    }
}

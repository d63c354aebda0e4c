package cnnkit.network;

import cnnkit.fast.ConvolutionSizes;
import cnnkit.fast.FastConvolution;
import cnnkit.im2col.Window;
import cnnkit.layer.Convolution;
import cnnkit.layer.FillingLayer;
import cnnkit.layer.Layer;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Relu;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.List;

/**
 * A convolution with the ReLU and the max pooling behind it, computed in one go: map by map, while a map is in the cache,
 * instead of sending every map through memory three times. Not one bit of any result changes.
 */
final class Block implements Stage {
    private final List<FillingLayer> layers; // of the network: none of them runs, so nothing is remembered in them
    private final String end;
    private final Convolution convolution;
    private final boolean relu;
    private final MaxPooling pooling; // null: none follows

    private ConvolutionSizes sizes;
    private FastConvolution together;
    private Tensor x, out, dx;

    Block(List<Layer> layers, String end) {
        this.layers = layers.stream().map(FillingLayer.class::cast).toList();
        this.end = end;
        convolution = (Convolution) layers.get(0);
        relu = layers.stream().anyMatch(Relu.class::isInstance);
        pooling = (MaxPooling)
                layers.stream().filter(MaxPooling.class::isInstance).findFirst().orElse(null);
    }

    /**
     * How many layers, from the first one on, can be computed in one go: the engine must compute the convolution, ReLU and
     * pooling must follow directly, in either order, and the windows of the pooling lie inside the maps.
     *
     * @param layers of a network, from the one to begin with
     * @param inputShape of that one, without N
     * @return their number; 1 for a layer that is computed alone
     */
    static int length(List<Layer> layers, int... inputShape) {
        if (!(layers.get(0) instanceof Convolution convolution) || !convolution.usesEngine()) {
            return 1;
        }
        int[] maps = convolution.outputShape(inputShape);
        boolean relu = false, pooling = false;
        int length = 1;
        for (; length < layers.size(); length++) {
            Layer next = layers.get(length);
            if (!relu && next instanceof Relu) {
                relu = true;
            } else if (!pooling
                    && next instanceof MaxPooling pool
                    && pool.window().staysInside(maps[1], maps[2])) {
                pooling = true;
            } else {
                break;
            }
        }
        return length;
    }

    @Override
    public Tensor forward(Tensor x, TrainingStep step, boolean backToo) {
        if (!convolution.usesEngine()) { // another way was chosen after the plan
            throw new IllegalStateException(Text.error(
                    "%s is to be computed together with what follows, which only the engine can: choose Plan.together(network) or Plan.layerByLayer(network) again, or make a new pass",
                    convolution));
        }
        layers.forEach(FillingLayer::forget);
        int[] maps = convolution.outputShapeFor(x); // (N, FN, OH, OW)
        Window windows = pooling == null ? null : pooling.window();
        int OH = windows == null ? maps[2] : windows.outputHeight(maps[2]);
        int OW = windows == null ? maps[3] : windows.outputWidth(maps[3]);
        Tensor W = convolution.W().value();
        ConvolutionSizes wanted = ConvolutionSizes.of(x, W, convolution.window());
        if (!wanted.equals(sizes)) {
            together = new FastConvolution(wanted, relu, windows);
            sizes = wanted;
        }
        this.x = x;
        out = FillingStage.toFill(out, maps[0], maps[1], OH, OW);
        together.forward(x.data(), W.data(), convolution.b().value().data(), out.data(), x.size(0), backToo);
        return out;
    }

    @Override
    public Tensor backward(Tensor dout, boolean dxWanted) {
        Layer last = layers.get(layers.size() - 1);
        Shapes.expect(last, "dout", dout, out.size(0), out.size(1), out.size(2), out.size(3));
        float[] dW = convolution.W().gradientToFill().data();
        float[] db = convolution.b().gradientToFill().data();
        together.parameterGradients(x.data(), out.data(), dout.data(), dW, db, x.size(0));
        if (!dxWanted) {
            return null;
        }
        dx = FillingStage.toFill(dx, x.shape());
        together.inputGradient(out.data(), dout.data(), convolution.W().value().data(), dx.data(), x.size(0));
        return dx;
    }

    @Override
    public String end() {
        return end;
    }
}

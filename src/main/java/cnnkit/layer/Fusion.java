package cnnkit.layer;

import cnnkit.engine.Epilogue;
import cnnkit.engine.FastConvolution;
import cnnkit.engine.Geometry;
import cnnkit.im2col.Window;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution with the ReLU and the max pooling behind it, computed in one go: map by map, while a map is in the cache,
 * instead of sending every map through memory three times. Not one bit of any result changes.
 *
 * <p>It applies where the engine computes the convolution, ReLU and pooling follow directly, in either order, and the
 * windows of the pooling lie inside the maps. Else the layers compute one after another.
 */
public final class Fusion extends Layer {
    private final Convolution convolution;
    private final Relu relu; // null: none follows
    private final MaxPooling pooling; // null: none follows
    private final List<Layer> layers; // the same ones, in order

    private record Key(Geometry geometry, Epilogue.Pooling pooling) {}

    private Key key;
    private FastConvolution fused;
    private Tensor x, out; // backward needs them; null if the layers computed one after another

    private Fusion(Convolution convolution, Relu relu, MaxPooling pooling, List<Layer> layers) {
        this.convolution = convolution;
        this.relu = relu;
        this.pooling = pooling;
        this.layers = layers;
        name(convolution.name());
    }

    /**
     * The steps in which layers are best computed: each convolution together with what it can take along.
     *
     * @param layers the layers of a network, in order
     * @return steps that give the same bits
     */
    public static List<Layer> of(List<Layer> layers) {
        List<Layer> steps = new ArrayList<>();
        for (int i = 0; i < layers.size(); ) {
            Layer step = beginningAt(i, layers);
            steps.add(step);
            i += step instanceof Fusion fusion ? fusion.layers.size() : 1;
        }
        return steps;
    }

    private static Layer beginningAt(int first, List<Layer> layers) {
        if (!(layers.get(first) instanceof Convolution convolution)) {
            return layers.get(first);
        }
        Relu relu = null;
        MaxPooling pooling = null;
        int end = first + 1;
        for (; end < layers.size(); end++) {
            if (relu == null && layers.get(end) instanceof Relu follower) {
                relu = follower;
            } else if (pooling == null && layers.get(end) instanceof MaxPooling follower) {
                pooling = follower;
            } else {
                break;
            }
        }
        return end == first + 1 ? convolution : new Fusion(convolution, relu, pooling, layers.subList(first, end));
    }

    /** The convolution that begins this step. */
    Convolution convolution() {
        return convolution;
    }

    @Override
    public Tensor forward(Tensor x) {
        int[] maps = convolution.outputShapeFor(x); // (FN, OH, OW)
        int[] shape = pooling == null ? maps : pooling.outputShape(maps);
        if (!convolution.usesEngine() || pooling != null && !pooling.window().staysInside(maps[1], maps[2])) {
            return oneAfterAnother(x);
        }
        Epilogue.Pooling windows = pooling == null ? null : windows(pooling.window(), shape);
        Tensor W = convolution.W().value();
        Key wanted = new Key(EngineConvolution.geometry(x, W, convolution.window()), windows);
        if (!wanted.equals(key)) {
            key = wanted;
            fused = new FastConvolution(wanted.geometry, relu != null, windows);
        }
        this.x = x;
        out = outputToFill(x.size(0), shape[0], shape[1], shape[2]);
        fused.forward(x.data(), W.data(), convolution.b().value().data(), out.data(), x.size(0));
        return out;
    }

    private static Epilogue.Pooling windows(Window window, int[] shape) {
        return new Epilogue.Pooling(
                window.kernelHeight(),
                window.kernelWidth(),
                window.strideHeight(),
                window.strideWidth(),
                shape[1],
                shape[2]);
    }

    private Tensor oneAfterAnother(Tensor x) {
        this.x = null;
        Tensor result = x;
        for (Layer layer : layers) {
            result = layer.forward(result);
        }
        return result;
    }

    @Override
    public Tensor backward(Tensor dout) {
        return back(dout, true);
    }

    @Override
    public void backwardAsFirst(Tensor dout) {
        back(dout, false);
    }

    private Tensor back(Tensor dout, boolean dxWanted) {
        if (x == null) {
            Tensor result = dout;
            for (int i = layers.size() - 1; i > 0; i--) {
                result = layers.get(i).backward(result);
            }
            if (dxWanted) {
                return layers.get(0).backward(result);
            }
            layers.get(0).backwardAsFirst(result);
            return null;
        }
        Shapes.expect(layers.get(layers.size() - 1), "dout", dout, out.size(0), out.size(1), out.size(2), out.size(3));
        float[] dW = convolution.W().gradientToFill().data();
        float[] db = convolution.b().gradientToFill().data();
        fused.parameterGradients(x.data(), out.data(), dout.data(), dW, db, x.size(0));
        if (!dxWanted) {
            return null;
        }
        Tensor dx = dxToFill(x.size(0), x.size(1), x.size(2), x.size(3));
        fused.inputGradient(out.data(), dout.data(), convolution.W().value().data(), dx.data(), x.size(0));
        return dx;
    }

    @Override
    public int[] outputShape(int... inputShape) {
        int[] shape = inputShape;
        for (Layer layer : layers) {
            shape = layer.outputShape(shape);
        }
        return shape;
    }
}

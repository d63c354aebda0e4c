package cnnkit.layer;

import cnnkit.im2col.Window;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.Objects;

/** What layers for images share: the shape that comes out, and errors that name the layer. */
final class Sliding {
    /** Stands for any number of channels. */
    static final int ANY = -1;

    private Sliding() {}

    /** The window of a layer, which must be there. */
    static Window required(String layer, Window window) {
        return Objects.requireNonNull(window, layer + ": the window is null: give one, such as Window.of(2).stride(2)");
    }

    /** (C, H, W) -> (channelsOut, OH, OW); {@link #ANY} channels in or out means: as many as come. */
    static int[] outputShape(Layer layer, Window window, int channelsIn, int channelsOut, int... input) {
        if (input.length != 3 || channelsIn != ANY && input[0] != channelsIn) {
            throw new ShapeException(Text.error(
                    "%s: expected input [N, %s, H, W] but got %s",
                    layer, channelsIn == ANY ? "C" : channelsIn, batchOf(input)));
        }
        try {
            int channels = channelsOut == ANY ? input[0] : channelsOut;
            return new int[] {channels, window.outputHeight(input[1]), window.outputWidth(input[2])};
        } catch (ShapeException e) {
            throw new ShapeException(layer + ": " + e.getMessage());
        }
    }

    /** (N, C, H, W) -> the layer's output for such a batch. */
    static int[] outputShapeFor(Layer layer, int channelsIn, Tensor x) {
        Shapes.expect(layer, "input", x, "N", channelsIn == ANY ? "C" : channelsIn, "H", "W");
        int[] one = layer.outputShape(x.size(1), x.size(2), x.size(3));
        return new int[] {x.size(0), one[0], one[1], one[2]};
    }

    /** The shape of one element, written as that of a batch. */
    static String batchOf(int... input) {
        return input.length == 0 ? "[N]" : "[N, " + Shapes.text(input).substring(1);
    }
}

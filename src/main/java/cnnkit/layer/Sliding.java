package cnnkit.layer;

import cnnkit.im2col.Window;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Text;

/** What layers with a sliding window share: the shape that comes out, and an error that names the layer. */
final class Sliding {
    /** Stands for any number of channels. */
    static final int ANY = -1;

    private Sliding() {}

    /** (C, H, W) -> (channelsOut, OH, OW); {@link #ANY} channels in or out means: as many as come. */
    static int[] outputShape(Layer layer, Window window, int channelsIn, int channelsOut, int... input) {
        if (input.length != 3 || channelsIn != ANY && input[0] != channelsIn) {
            throw new ShapeException(Text.of(
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

    /** The shape of one element, written as that of a batch. */
    static String batchOf(int... input) {
        return input.length == 0 ? "[N]" : "[N, " + Shapes.text(input).substring(1);
    }
}

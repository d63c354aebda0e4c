package cnnkit.fast;

import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;

/**
 * The sizes of a convolution.
 *
 * @param channels C of the input
 * @param height H of the input
 * @param width W of the input
 * @param filters FN
 * @param groups into how many groups channels and filters are cut; 1 for the usual convolution
 * @param window where the filters stand
 */
public record ConvolutionSizes(int channels, int height, int width, int filters, int groups, Window window) {

    /**
     * The sizes of a convolution of x with W.
     *
     * @param x the input, (N, C, H, W)
     * @param W the filters, (FN, C / groups, FH, FW)
     * @param window where the filters stand
     * @return the sizes
     */
    public static ConvolutionSizes of(Tensor x, Tensor W, Window window) {
        return new ConvolutionSizes(x.size(1), x.size(2), x.size(3), W.size(0), x.size(1) / W.size(1), window);
    }

    int outputHeight() {
        return window.outputHeight(height);
    }

    int outputWidth() {
        return window.outputWidth(width);
    }

    int weightsPerFilter() {
        return channels / groups * window.kernelHeight() * window.kernelWidth();
    }

    int imageLength() {
        return channels * height * width;
    }
}

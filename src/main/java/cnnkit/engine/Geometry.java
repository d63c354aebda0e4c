package cnnkit.engine;

/**
 * The sizes of a convolution.
 *
 * @param channels C of the input
 * @param height H of the input
 * @param width W of the input
 * @param filters FN
 * @param kernelHeight FH
 * @param kernelWidth FW
 * @param strideHeight rows from one position to the next
 * @param strideWidth columns from one position to the next
 * @param paddingHeight rows of zeros above
 * @param paddingWidth columns of zeros on the left
 * @param outputHeight OH
 * @param outputWidth OW
 * @param groups into how many groups channels and filters are cut; 1 for the usual convolution
 */
public record Geometry(
        int channels,
        int height,
        int width,
        int filters,
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        int paddingHeight,
        int paddingWidth,
        int outputHeight,
        int outputWidth,
        int groups) {

    int weightsPerFilter() {
        return channels / groups * kernelHeight * kernelWidth;
    }

    int imageLength() {
        return channels * height * width;
    }

    int positions() {
        return outputHeight * outputWidth;
    }

    /** The input as the windows read it. */
    Planes input() {
        return new Planes(
                channels,
                new Planes.Axis(height, kernelHeight, strideHeight, 1, paddingHeight, outputHeight),
                new Planes.Axis(width, kernelWidth, strideWidth, 1, paddingWidth, outputWidth));
    }

    /** The output as turned kernels read it on the way back. */
    Planes output() {
        return new Planes(
                filters,
                new Planes.Axis(outputHeight, kernelHeight, 1, strideHeight, kernelHeight - 1 - paddingHeight, height),
                new Planes.Axis(outputWidth, kernelWidth, 1, strideWidth, kernelWidth - 1 - paddingWidth, width));
    }
}

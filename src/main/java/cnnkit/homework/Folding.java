package cnnkit.homework;

import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;

/** Adds rows back to the pixels that they were read from: what a learner writes for col2im. */
@FunctionalInterface
public interface Folding {
    /**
     * col2im.
     *
     * @param col the matrix, (N * OH * OW, C * FH * FW)
     * @param xShape the shape of the images, (N, C, H, W)
     * @param window where the window stands; it fits
     * @return the images, (N, C, H, W)
     * @throws Exception if the learner's code throws
     */
    Tensor of(Tensor col, int[] xShape, Window window) throws Exception;
}

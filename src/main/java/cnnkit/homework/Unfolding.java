package cnnkit.homework;

import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;

/** Lays what each window sees out as a row: what a learner writes for section 7.4.2. */
@FunctionalInterface
public interface Unfolding {
    /**
     * im2col.
     *
     * @param x the images, (N, C, H, W)
     * @param window where the window stands; it fits
     * @return the matrix, (N * OH * OW, C * FH * FW)
     * @throws Exception if the learner's code throws
     */
    Tensor of(Tensor x, Window window) throws Exception;
}

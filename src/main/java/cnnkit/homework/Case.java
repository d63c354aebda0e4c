package cnnkit.homework;

import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;

/**
 * One case that code is tried on: an input, and what goes with it. What a task does not need is null.
 *
 * @param feature what it is that this case has and simpler ones have not
 * @param x the input: (N, C, H, W), (N, D), or the matrix of col2im
 * @param shape of the images that a matrix is folded to, (N, C, H, W)
 * @param W the weights
 * @param b the bias
 * @param window where the window stands
 * @param dout the gradient with respect to the output, for what is expected to come out
 */
record Case(Feature feature, Tensor x, int[] shape, Tensor W, Tensor b, Window window, Tensor dout) {
    /** What a case adds to those before it. Each is a part of its own in the score. */
    enum Feature {
        ONE_NUMBER("one number"),
        ROW("a row"),
        ONE_WINDOW("one window"),
        MOVES("a window that moves"),
        STRIDE("stride"),
        PADDING("padding"),
        RECTANGLES("rectangles"),
        CHANNELS("channels"),
        FILTERS("filters"),
        BATCH("batches"),
        IMAGES("images"),
        REMAINDER("a stride that does not divide"),
        TIES("equal values"),
        EXTREMES("very large and very small values"),
        ALL("everything together");

        private final String words;

        Feature(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** The same, with another input and weights: to see how the output moves. */
    Case with(Tensor newX, Tensor newW, Tensor newB) {
        return new Case(feature, newX, shape, newW, newB, window, dout);
    }

    /** The same, with another gradient. */
    Case withGradient(Tensor gradient) {
        return new Case(feature, x, shape, W, b, window, gradient);
    }

    /** The same numbers in tensors of their own: what learner's code does to them is done to nobody else. */
    Case copy() {
        return new Case(feature, copy(x), shape == null ? null : shape.clone(), copy(W), copy(b), window, copy(dout));
    }

    private static Tensor copy(Tensor tensor) {
        return tensor == null ? null : tensor.copy();
    }
}

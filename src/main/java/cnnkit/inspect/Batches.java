package cnnkit.inspect;

import cnnkit.data.Dataset;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.stream.IntStream;

/** All images of a dataset, a batch at a time, until somebody presses stop. */
final class Batches {
    private static final int SIZE = 100;

    /** What is done with a batch. */
    interface Use {
        /** The indices of the images in the dataset, and the images, (N, C, H, W). */
        void use(int[] indices, Tensor x);
    }

    private Batches() {}

    static void each(String what, Dataset images, Use use) {
        if (images.size() == 0) {
            throw new IllegalArgumentException(Text.error("%s: there is no image: the dataset is empty", what));
        }
        for (int from = 0; from < images.size(); from += SIZE) {
            InterruptedWorkException.check(what, from, images.size(), "images");
            int[] indices =
                    IntStream.range(from, Math.min(from + SIZE, images.size())).toArray();
            use.use(indices, images.images(indices));
        }
    }
}

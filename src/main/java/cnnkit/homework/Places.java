package cnnkit.homework;

import static cnnkit.homework.Case.Feature.*;

import cnnkit.homework.Case.Feature;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.List;
import java.util.Random;

/** The images and windows that whatever slides a window is tried on, from one pixel to everything together. */
final class Places {
    /**
     * One of them.
     *
     * @param feature what is new in it
     * @param shape of the images, (N, C, H, W)
     * @param window fits them
     * @param filters of a convolution
     */
    record Place(Feature feature, int[] shape, Window window, int filters) {
        int outputHeight() {
            return window.outputHeight(shape[2]);
        }

        int outputWidth() {
            return window.outputWidth(shape[3]);
        }

        Tensor whole(Random random) {
            return Draw.whole(random, shape);
        }
    }

    static final List<Place> ALL_PLACES = List.of(
            one(ONE_WINDOW, 1, 1, Window.of(1)),
            one(ONE_WINDOW, 2, 2, Window.of(2)),
            one(MOVES, 3, 3, Window.of(2)),
            one(MOVES, 4, 4, Window.of(3)),
            one(MOVES, 3, 5, Window.of(2)),
            one(STRIDE, 4, 4, Window.of(2).stride(2)),
            one(STRIDE, 5, 5, Window.of(3).stride(2)),
            one(STRIDE, 7, 4, Window.of(1).stride(3)),
            one(PADDING, 3, 3, Window.of(2).padding(1)),
            one(PADDING, 3, 3, Window.of(3).padding(1)),
            one(PADDING, 4, 4, Window.of(3).padding(2)),
            one(PADDING, 5, 5, Window.of(3).stride(2).padding(1)),
            one(RECTANGLES, 4, 5, Window.of(2, 3)),
            one(RECTANGLES, 5, 4, Window.of(3, 2)),
            one(RECTANGLES, 5, 6, Window.of(2).stride(1, 2)),
            one(RECTANGLES, 6, 5, Window.of(2).stride(2, 1)),
            one(RECTANGLES, 4, 4, Window.of(3, 2).stride(1, 2).padding(1, 0)),
            one(RECTANGLES, 4, 3, Window.of(2, 3).stride(2, 1).padding(0, 1)),
            new Place(CHANNELS, shape(1, 2, 2, 2), Window.of(2), 1),
            new Place(CHANNELS, shape(1, 3, 3, 3), Window.of(2), 1),
            new Place(CHANNELS, shape(1, 2, 4, 5), Window.of(2, 3).padding(1), 1),
            new Place(FILTERS, shape(1, 1, 3, 3), Window.of(2), 2),
            new Place(FILTERS, shape(1, 1, 3, 4), Window.of(2), 4),
            new Place(FILTERS, shape(1, 3, 2, 3), Window.of(1), 3),
            new Place(FILTERS, shape(1, 2, 3, 4), Window.of(2), 3),
            new Place(BATCH, shape(2, 1, 2, 2), Window.of(2), 1),
            new Place(BATCH, shape(2, 1, 3, 3), Window.of(2), 2),
            new Place(BATCH, shape(3, 2, 3, 4), Window.of(2), 2),
            new Place(ALL, shape(2, 3, 5, 6), Window.of(3, 2).stride(2, 1).padding(1, 0), 3),
            new Place(ALL, shape(3, 2, 5, 7), Window.of(2, 3).stride(1, 2).padding(0, 1), 4),
            new Place(ALL, shape(2, 2, 7, 7), Window.of(3).stride(2).padding(1), 3));

    private Places() {}

    private static Place one(Feature feature, int height, int width, Window window) {
        return new Place(feature, shape(1, 1, height, width), window, 1);
    }

    private static int[] shape(int... sizes) {
        return sizes;
    }
}

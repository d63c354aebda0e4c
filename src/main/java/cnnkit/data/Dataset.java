package cnnkit.data;

import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * Images with labels. The images are held as bytes, a quarter of the memory of floats; a batch turns into floats in
 * [0, 1], divided by 255, when it is asked for.
 *
 * <p>A dataset never changes; {@link #take}, {@link #range} and {@link #select} give views that share its bytes.
 */
public final class Dataset {
    private static final float BRIGHTEST = 255;

    private final byte[] pixels; // (images, C, H, W)
    private final int[] labels;
    private final int[] imageShape;
    private final int classes;
    private final int[] indices; // which images of pixels and labels belong to this view

    private Dataset(byte[] pixels, int[] labels, int[] imageShape, int classes, int[] indices) {
        this.pixels = pixels;
        this.labels = labels;
        this.imageShape = imageShape;
        this.classes = classes;
        this.indices = indices;
    }

    /**
     * A dataset over the given bytes, which are not copied.
     *
     * @param pixels the images one after another, each C, H, W row-major; a byte stands for 0..255
     * @param labels the class of each image, 0..classes-1
     * @param classes the number of classes
     * @param imageShape C, H, W
     * @return the dataset
     * @throws ShapeException if pixels and labels do not belong together
     * @throws IllegalArgumentException if a label is outside 0..classes-1, naming the image
     */
    public static Dataset of(byte[] pixels, int[] labels, int classes, int... imageShape) {
        if (imageShape.length != 3 || Shapes.length(imageShape) < 1) {
            throw new ShapeException("Dataset: expected image shape [C, H, W] but got " + Shapes.text(imageShape));
        }
        if ((long) labels.length * Shapes.length(imageShape) != pixels.length) {
            throw new ShapeException(Text.of(
                    "Dataset: %,d labels with images %s need %,d bytes of pixels but got %,d",
                    labels.length,
                    Shapes.text(imageShape),
                    (long) labels.length * Shapes.length(imageShape),
                    pixels.length));
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        Text.of("Dataset: label %d of image %,d is outside 0..%d", labels[i], i, classes - 1));
            }
        }
        return new Dataset(
                pixels,
                labels.clone(),
                imageShape.clone(),
                classes,
                IntStream.range(0, labels.length).toArray());
    }

    /**
     * The number of images.
     *
     * @return from 0
     */
    public int size() {
        return indices.length;
    }

    /**
     * The number of classes.
     *
     * @return 10 for digits
     */
    public int classes() {
        return classes;
    }

    /**
     * The shape of one image.
     *
     * @return C, H, W
     */
    public int[] imageShape() {
        return imageShape.clone();
    }

    /**
     * The class of one image.
     *
     * @param index of the image, from 0
     * @return its label
     */
    public int label(int index) {
        return labels[at(index)];
    }

    /** Where an image of this view lies among all. */
    private int at(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException(Text.of("Dataset: image %,d is outside 0..%,d", index, size() - 1));
        }
        return indices[index];
    }

    /**
     * The classes of all images.
     *
     * @return a copy
     */
    public int[] labels() {
        return labels(IntStream.range(0, size()).toArray());
    }

    /**
     * The classes of some images.
     *
     * @param which indices, from 0
     * @return their labels, in the same order
     */
    public int[] labels(int... which) {
        return Arrays.stream(which).map(this::label).toArray();
    }

    /**
     * One image.
     *
     * @param index of the image, from 0
     * @return values in [0, 1], (C, H, W)
     */
    public Tensor image(int index) {
        return images(index).reshape(imageShape);
    }

    /**
     * A batch of images.
     *
     * @param which indices, from 0, at least one
     * @return values in [0, 1], (N, C, H, W), in the same order
     * @throws IllegalArgumentException if no index is given
     * @throws IndexOutOfBoundsException if an index is not 0..size()-1
     */
    public Tensor images(int... which) {
        if (which.length == 0) {
            throw new IllegalArgumentException("Dataset: a batch needs at least one image");
        }
        int length = Shapes.length(imageShape);
        Tensor batch = Tensor.zeros(which.length, imageShape[0], imageShape[1], imageShape[2]);
        for (int n = 0; n < which.length; n++) {
            int from = at(which[n]) * length;
            for (int i = 0; i < length; i++) {
                batch.data()[n * length + i] = (pixels[from + i] & 0xff) / BRIGHTEST;
            }
        }
        return batch;
    }

    /**
     * The first images.
     *
     * @param count how many
     * @return a view of them
     */
    public Dataset take(int count) {
        return range(0, count);
    }

    /**
     * A run of images.
     *
     * @param from the first one
     * @param to one past the last one
     * @return a view of them
     */
    public Dataset range(int from, int to) {
        if (from < 0 || to > size() || from > to) {
            throw new IndexOutOfBoundsException(
                    Text.of("Dataset: images %,d to %,d are outside 0..%,d", from, to, size()));
        }
        return select(IntStream.range(from, to).toArray());
    }

    /**
     * Chosen images.
     *
     * @param which indices, from 0
     * @return a view of them, in the given order
     */
    public Dataset select(int... which) {
        return new Dataset(
                pixels,
                labels,
                imageShape,
                classes,
                Arrays.stream(which).map(this::at).toArray());
    }

    /**
     * A random order that depends on seed and epoch only: a run that is resumed at any epoch sees the same batches.
     *
     * @param seed of the training run
     * @param epoch from 1
     * @return every index once (Fisher-Yates shuffle)
     */
    public int[] order(long seed, int epoch) {
        Random random = new Random(seed * 1_000_003 + epoch);
        int[] order = IntStream.range(0, size()).toArray();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    /**
     * Tells datasets apart: a checksum over the pixels and labels of all images, in order.
     *
     * @return a CRC-32, from 0
     */
    public long checksum() {
        CRC32 sum = new CRC32();
        int length = Shapes.length(imageShape);
        for (int index : indices) {
            sum.update(pixels, index * length, length);
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                sum.update(labels[index] >>> shift);
            }
        }
        return sum.getValue();
    }

    /**
     * What is in it.
     *
     * @return for example {@code Dataset of 60,000 images [1, 28, 28] in 10 classes}
     */
    @Override
    public String toString() {
        return Text.of("Dataset of %,d images %s in %d classes", size(), Shapes.text(imageShape), classes);
    }
}

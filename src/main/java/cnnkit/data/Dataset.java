package cnnkit.data;

import cnnkit.tensor.Seeds;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * Images with labels. Pictures are held as bytes, a quarter of the memory of floats; a batch turns into floats in
 * [0, 1], divided by 255, when it is asked for.
 *
 * <p>A dataset never changes: it has a copy of what it was made of, and hands out copies. {@link #take}, {@link
 * #range}, {@link #select}, {@link #split}, {@link #permutePixels} and {@link #normalized} give views that share its
 * bytes.
 */
public final class Dataset {
    private static final int HELD_OUT = 5_000;

    private final Pixels pixels; // (images, C, H, W)
    private final int[] labels;
    private final int[] imageShape;
    private final int classes;
    private final int[] indices; // which images of pixels and labels belong to this view
    private final Normalization normalization; // null: none

    private Dataset(
            Pixels pixels, int[] labels, int[] imageShape, int classes, int[] indices, Normalization normalization) {
        this.pixels = pixels;
        this.labels = labels;
        this.imageShape = imageShape;
        this.classes = classes;
        this.indices = indices;
        this.normalization = normalization;
    }

    /**
     * A dataset of the given bytes, which are copied.
     *
     * @param pixels the images one after another, each C, H, W row-major; a byte stands for 0..255
     * @param labels the class of each image, 0..classes-1
     * @param classes the number of classes
     * @param imageShape C, H, W
     * @return the dataset
     * @throws ShapeException if pixels and labels do not belong together
     * @throws IllegalArgumentException if there is no class, or a label is outside 0..classes-1, naming the image
     */
    public static Dataset of(byte[] pixels, int[] labels, int classes, int... imageShape) {
        return ofOwn(required(pixels, "pixels").clone(), labels, classes, imageShape);
    }

    /** As {@link #of(byte[], int[], int, int...)}, without a copy: of bytes that nobody else has. */
    static Dataset ofOwn(byte[] pixels, int[] labels, int classes, int... imageShape) {
        required(labels, "labels");
        required(imageShape, "imageShape");
        if (imageShape.length != 3 || Shapes.length(imageShape) < 1) {
            throw new ShapeException(
                    Text.error("Dataset: expected image shape [C, H, W] but got %s", Shapes.text(imageShape)));
        }
        if ((long) labels.length * Shapes.length(imageShape) != pixels.length) {
            throw new ShapeException(Text.error(
                    "Dataset: %,d labels with images %s need %,d bytes of pixels but got %,d",
                    labels.length,
                    Shapes.text(imageShape),
                    (long) labels.length * Shapes.length(imageShape),
                    pixels.length));
        }
        return of(new Pixels.Bytes(pixels), labels, classes, imageShape);
    }

    /**
     * A dataset of the given values, which are copied. Batches hold them as they are.
     *
     * @param images (N, C, H, W); the networks of this library expect values from 0, black, to 1
     * @param labels the class of each image, 0..classes-1
     * @param classes the number of classes
     * @return the dataset
     * @throws ShapeException if images and labels do not belong together
     * @throws IllegalArgumentException if there is no class, or a label is outside 0..classes-1 or a value is not
     *     finite, naming the image
     */
    public static Dataset of(Tensor images, int[] labels, int classes) {
        required(images, "images");
        required(labels, "labels");
        int[] shape = images.shape();
        if (shape.length != 4 || shape[0] != labels.length || images.length() < 1) {
            throw new ShapeException(Text.error(
                    "Dataset: %,d labels need images of shape [%d, C, H, W] but got %s",
                    labels.length, labels.length, Shapes.text(shape)));
        }
        int length = images.length() / shape[0];
        for (int i = 0; i < images.length(); i++) {
            if (!Float.isFinite(images.data()[i])) {
                throw new IllegalArgumentException(
                        Text.error("Dataset: image %,d holds the value %s", i / length, images.data()[i]));
            }
        }
        return of(new Pixels.Floats(images.data().clone()), labels, classes, shape[1], shape[2], shape[3]);
    }

    private static <T> T required(T argument, String name) {
        return Objects.requireNonNull(argument, () -> "Dataset: " + name + " is null");
    }

    private static Dataset of(Pixels pixels, int[] labels, int classes, int... imageShape) {
        if (classes < 1) {
            throw new IllegalArgumentException(Text.error("Dataset: expected at least 1 class but got %d", classes));
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        Text.error("Dataset: label %d of image %,d is outside 0..%d", labels[i], i, classes - 1));
            }
        }
        int[] all = IntStream.range(0, labels.length).toArray();
        return new Dataset(pixels, labels.clone(), imageShape.clone(), classes, all, null);
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
        if (size() == 0) {
            throw new IndexOutOfBoundsException(Text.error("Dataset: image %,d of an empty dataset", index));
        }
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException(Text.error("Dataset: image %,d is outside 0..%,d", index, size() - 1));
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
        return Arrays.stream(required(which, "which")).map(this::label).toArray();
    }

    /**
     * One image.
     *
     * @param index of the image, from 0
     * @return values in [0, 1] unless normalized, (C, H, W)
     */
    public Tensor image(int index) {
        return images(index).reshape(imageShape);
    }

    /**
     * A batch of images.
     *
     * @param which indices, from 0, at least one
     * @return values in [0, 1] unless normalized, (N, C, H, W), in the same order
     * @throws IllegalArgumentException if no index is given
     * @throws IndexOutOfBoundsException if an index is not 0..size()-1
     */
    public Tensor images(int... which) {
        Tensor batch = tensorFor(required(which, "which").length);
        images(which, batch);
        return batch;
    }

    Tensor tensorFor(int count) {
        return Tensor.zeros(count, imageShape[0], imageShape[1], imageShape[2]);
    }

    /**
     * A batch of images, in a tensor that is used again and again.
     *
     * @param which indices, from 0, at least one
     * @param into filled with values in [0, 1] unless normalized, (N, C, H, W), in the same order
     * @throws IllegalArgumentException if no index is given
     * @throws IndexOutOfBoundsException if an index is not 0..size()-1
     * @throws ShapeException if the tensor does not hold this many images of this shape
     */
    public void images(int[] which, Tensor into) {
        rawImages(which, into);
        normalize(into);
    }

    /** The images as they were before they were normalized. */
    void rawImages(int[] which, Tensor into) {
        required(which, "which");
        required(into, "into");
        if (which.length == 0) {
            throw new IllegalArgumentException(Text.error("Dataset: a batch needs at least one image"));
        }
        Shapes.expect(
                "Dataset",
                "a tensor to fill of shape",
                into,
                which.length,
                imageShape[0],
                imageShape[1],
                imageShape[2]);
        int length = Shapes.length(imageShape);
        int[] begins = Arrays.stream(which).map(this::at).toArray(); // all are there, or nothing is filled
        for (int n = 0; n < which.length; n++) {
            pixels.copy(begins[n], length, into.data(), n * length);
        }
    }

    void normalize(Tensor images) {
        if (normalization != null) {
            normalization.applyTo(images);
        }
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
                    Text.error("Dataset: images %,d to %,d are outside 0..%,d", from, to, size()));
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
        int[] chosen = Arrays.stream(required(which, "which")).map(this::at).toArray();
        return new Dataset(pixels, labels, imageShape, classes, chosen, normalization);
    }

    /**
     * The same images with their pixels moved about, in the same way in all of them: a network that knows nothing of
     * neighbours does not mind (section 7.2.1).
     *
     * @param order every position h * W + w once; the pixel at position i of a new image is the one that was at
     *     {@code order[i]}, in each channel
     * @return a view
     * @throws IllegalArgumentException if a position is missing, twice there, or none
     */
    public Dataset permutePixels(int... order) {
        int positions = imageShape[1] * imageShape[2];
        required(order, "order");
        if (!Arrays.equals(
                Arrays.stream(order).sorted().toArray(),
                IntStream.range(0, positions).toArray())) {
            throw new IllegalArgumentException(Text.error(
                    "Dataset: to move the pixels of images %s, every position 0..%d must be given once, but got %d numbers: %s",
                    Shapes.text(imageShape), positions - 1, order.length, wrongPosition(order, positions)));
        }
        return new Dataset(
                new Pixels.Permuted(pixels, order.clone()), labels, imageShape, classes, indices, normalization);
    }

    private static String wrongPosition(int[] order, int positions) {
        boolean[] seen = new boolean[positions];
        for (int position : order) {
            if (position < 0 || position >= positions) {
                return position + " is no position";
            }
            if (seen[position]) {
                return position + " comes twice";
            }
            seen[position] = true;
        }
        return IntStream.range(0, positions).filter(i -> !seen[i]).findFirst().orElseThrow() + " is missing";
    }

    /**
     * Holds out 5,000 images for validation, as {@link #split(int, long)} with seed 1.
     *
     * @return the images to learn from, and those to make choices on
     * @throws IllegalArgumentException if there are not more than 5,000 images
     */
    public Split split() {
        return split(HELD_OUT, 1);
    }

    /**
     * Holds out images for validation. Every class gives the same share of its images (to the nearest image), so that
     * both parts are mixed as the whole; which ones, the seed decides. Both parts keep the order of the images.
     *
     * @param validation how many to hold out, from 1 to one less than there are
     * @param seed the same seed gives the same parts
     * @return the images to learn from, and those to make choices on
     * @throws IllegalArgumentException if one of the parts would be empty
     */
    public Split split(int validation, long seed) {
        if (validation < 1 || validation >= size()) {
            throw new IllegalArgumentException(Text.error(
                    "Dataset: cannot hold out %,d of %,d images: split(count, seed) needs a count from 1 to %,d",
                    validation, size(), Math.max(1, size() - 1)));
        }
        int[] wanted = shares(validation);
        boolean[] held = new boolean[size()];
        for (int i : order(seed, 0)) { // epochs count from 1: training never sees this order
            held[i] = wanted[label(i)] > 0;
            wanted[label(i)] -= held[i] ? 1 : 0;
        }
        int[] rest = IntStream.range(0, size()).filter(i -> !held[i]).toArray();
        int[] chosen = IntStream.range(0, size()).filter(i -> held[i]).toArray();
        return new Split(select(rest), select(chosen));
    }

    /**
     * How many of the given number fall to each class: its share rounded down, and what is left to the largest rests.
     */
    private int[] shares(int total) {
        int[] counts = new int[classes];
        for (int i = 0; i < size(); i++) {
            counts[label(i)]++;
        }
        int[] shares = new int[classes];
        Arrays.setAll(shares, k -> (int) ((long) total * counts[k] / size()));
        IntStream.range(0, classes)
                .boxed()
                .sorted(Comparator.comparing(k -> -((long) total * counts[k] % size()))) // of equal rests the first
                .limit(total - Arrays.stream(shares).sum())
                .forEach(k -> shares[k]++);
        return shares;
    }

    /**
     * What these images are normalized with.
     *
     * @return the numbers; empty if batches hold values in [0, 1]
     */
    public Optional<Normalization> normalization() {
        return Optional.ofNullable(normalization);
    }

    /**
     * The same images, normalized: batches hold (value - mean) / standard deviation.
     *
     * @param with measured on the training images
     * @return a view
     * @throws ShapeException if it is for another number of channels
     * @throws IllegalStateException if these images are normalized already
     */
    public Dataset normalized(Normalization with) {
        required(with, "with");
        if (normalization != null) {
            throw new IllegalStateException(
                    Text.error("Dataset: these images are normalized already, with %s", normalization));
        }
        if (with.channels() != imageShape[0]) {
            throw new ShapeException(Text.error(
                    "Dataset: images %s cannot be normalized with numbers for %d channels",
                    Shapes.text(imageShape), with.channels()));
        }
        return new Dataset(pixels, labels, imageShape, classes, indices, with);
    }

    /**
     * A random order that depends on seed and epoch only: a run that is resumed at any epoch sees the same batches.
     *
     * @param seed of the training run
     * @param epoch from 1
     * @return every index once (Fisher-Yates shuffle)
     */
    public int[] order(long seed, int epoch) {
        Random random = new Random(Seeds.ofEpoch(seed, epoch));
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
            pixels.addTo(sum, index, length);
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
        String normalized = normalization == null ? "" : ", normalized with " + normalization;
        return Text.of("Dataset of %,d images %s in %d classes", size(), Shapes.text(imageShape), classes) + normalized;
    }
}

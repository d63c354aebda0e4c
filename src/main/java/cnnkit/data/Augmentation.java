package cnnkit.data;

import cnnkit.engine.Workers;
import cnnkit.tensor.Seeds;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

/**
 * Moves each image a little at random whenever a batch is made, so that a network sees every image in a new place in
 * every epoch and learns what a digit is rather than where its pixels were.
 * <pre>
 *     Augmentation little = Augmentation.none().shift(2).rotation(10);      up to 2 pixels, up to 10 degrees
 *     new Trainer(network, train).augmentation(little).train();
 * </pre>
 * The image is turned and made larger or smaller about its centre, then shifted down and to the right; all four numbers
 * are drawn evenly between minus and plus what is set. Besides, the sheet it lies on may be bent: each point of a grid of
 * 4x4 squares is pulled aside at random, and the pixels between follow smoothly. A pixel of the new image comes from a
 * place between four of the old one and is their bilinear mean:
 * <pre>
 *     y' = cy + (cos(a) (y - dy - cy) - sin(a) (x - dx - cx)) / (1 + z) + v(y, x)
 *     x' = cx + (sin(a) (y - dy - cy) + cos(a) (x - dx - cx)) / (1 + z) + u(y, x)
 *     new(y, x) = old(y', x'), 0 outside    (cy, cx) the centre, (dy, dx) the shift, (v, u) the pull
 * </pre>
 * What happens to image i in epoch e depends on (seed, e, i) and nothing else: a run that is resumed sees the same
 * images as one that was never stopped. Images are moved before they are {@link Dataset#normalized normalized}: what
 * comes in from outside is black.
 *
 * @param shift the largest shift down or up and to the right or left, in pixels, from 0
 * @param rotation the largest angle, in degrees, from 0 to 180
 * @param zoom the largest change of size, as a share of the image: 0.1 for 90 to 110 %; from 0 to less than 1
 * @param elastic the largest pull of a point of the grid, in pixels, from 0
 */
public record Augmentation(double shift, double rotation, double zoom, double elastic) {
    private static final Augmentation NONE = new Augmentation(0, 0, 0, 0);

    /**
     * Checks the numbers.
     *
     * @param shift from 0
     * @param rotation from 0 to 180
     * @param zoom from 0 to less than 1
     * @param elastic from 0
     * @throws IllegalArgumentException if one is outside of that
     */
    public Augmentation {
        if (!(shift >= 0 && Double.isFinite(shift))) {
            throw new IllegalArgumentException(
                    Text.error("Augmentation: expected a shift from 0 pixels but got %s", shift));
        }
        if (!(rotation >= 0 && rotation <= 180)) {
            throw new IllegalArgumentException(
                    Text.error("Augmentation: expected a rotation from 0 to 180 degrees but got %s", rotation));
        }
        if (!(zoom >= 0 && zoom < 1)) {
            throw new IllegalArgumentException(
                    Text.error("Augmentation: expected a zoom from 0 to less than 1, such as 0.1, but got %s", zoom));
        }
        if (!(elastic >= 0 && Double.isFinite(elastic))) {
            throw new IllegalArgumentException(
                    Text.error("Augmentation: expected an elastic deformation from 0 pixels but got %s", elastic));
        }
    }

    /**
     * Without a change of size, and not bent.
     *
     * @param shift from 0
     * @param rotation from 0 to 180
     * @throws IllegalArgumentException if one is outside of that
     */
    public Augmentation(double shift, double rotation) {
        this(shift, rotation, 0, 0);
    }

    /**
     * Images as they are.
     *
     * @return no shift, no rotation, no change of size, no deformation
     */
    public static Augmentation none() {
        return NONE;
    }

    /**
     * The same with another shift.
     *
     * @param pixels the largest shift, down or up, and to the right or left
     * @return a new augmentation
     */
    public Augmentation shift(double pixels) {
        return new Augmentation(pixels, rotation, zoom, elastic);
    }

    /**
     * The same with another rotation.
     *
     * @param degrees the largest angle, in both directions
     * @return a new augmentation
     */
    public Augmentation rotation(double degrees) {
        return new Augmentation(shift, degrees, zoom, elastic);
    }

    /**
     * The same with another change of size.
     *
     * @param share the largest, both larger and smaller: 0.1 makes images of 90 to 110 %
     * @return a new augmentation
     */
    public Augmentation zoom(double share) {
        return new Augmentation(shift, rotation, share, elastic);
    }

    /**
     * The same with another elastic deformation.
     *
     * @param pixels the largest pull of a point of the grid, in both directions; a pixel moves by about a quarter of it
     *     (standard deviation)
     * @return a new augmentation
     */
    public Augmentation elastic(double pixels) {
        return new Augmentation(shift, rotation, zoom, pixels);
    }

    /**
     * A batch of images as they look in an epoch.
     *
     * @param dataset where they come from
     * @param which indices, from 0, at least one
     * @param seed of the training run
     * @param epoch from 1
     * @return values in [0, 1] unless normalized, (N, C, H, W), in the same order
     * @throws IllegalArgumentException if no index is given
     * @throws IndexOutOfBoundsException if an index is not among those of the dataset
     */
    public Tensor images(Dataset dataset, int[] which, long seed, int epoch) {
        Objects.requireNonNull(dataset, "Augmentation: dataset is null");
        Objects.requireNonNull(which, "Augmentation: which is null");
        Tensor batch = dataset.tensorFor(which.length);
        images(dataset, which, seed, epoch, batch);
        return batch;
    }

    /**
     * A batch of images as they look in an epoch, in a tensor that is used again and again.
     *
     * @param dataset where they come from
     * @param which indices, from 0, at least one
     * @param seed of the training run
     * @param epoch from 1
     * @param into filled with values in [0, 1] unless normalized, (N, C, H, W), in the same order
     * @throws IllegalArgumentException if no index is given
     * @throws IndexOutOfBoundsException if an index is not among those of the dataset
     * @throws cnnkit.tensor.ShapeException if the tensor does not hold this many images of this shape
     */
    public void images(Dataset dataset, int[] which, long seed, int epoch, Tensor into) {
        Objects.requireNonNull(dataset, "Augmentation: dataset is null");
        dataset.rawImages(which, into);
        if (shift > 0 || rotation > 0 || zoom > 0 || elastic > 0) {
            int channels = into.size(1), height = into.size(2), width = into.size(3);
            int plane = height * width;
            float[][] framed = new float[Workers.threads()][Motion.framedLength(height, width)];
            ElasticDeformation[] sheets = new ElasticDeformation[Workers.threads()];
            ElasticDeformation flat = new ElasticDeformation(height, width);
            Arrays.setAll(sheets, thread -> elastic > 0 ? new ElasticDeformation(height, width) : flat);
            Workers.run(which.length, (thread, n) -> {
                Random random = random(seed, epoch, which[n]);
                Motion motion = motion(random);
                ElasticDeformation sheet = sheets[thread];
                if (elastic > 0) {
                    sheet.draw(random, elastic);
                }
                for (int c = 0; c < channels; c++) {
                    motion.move(into.data(), (n * channels + c) * plane, height, width, framed[thread], sheet.pull);
                }
            });
        }
        dataset.normalize(into);
    }

    /** What is drawn for image i in an epoch. */
    private static Random random(long seed, int epoch, int image) {
        return new Random(Seeds.of(seed, epoch, image));
    }

    /** How image i is shifted, turned and made larger in an epoch. */
    Motion motion(long seed, int epoch, int image) {
        return motion(random(seed, epoch, image));
    }

    private Motion motion(Random random) {
        double down = shift * (2 * random.nextDouble() - 1);
        double right = shift * (2 * random.nextDouble() - 1);
        double angle = Math.PI / 180 * rotation * (2 * random.nextDouble() - 1);
        double size = 1 + zoom * (2 * random.nextDouble() - 1);
        return new Motion(down, right, StrictMath.sin(angle) / size, StrictMath.cos(angle) / size);
    }

    /** What is set; size and deformation only if they change, as checkpoints of versions without them have these words. */
    @Override
    public String toString() {
        return "Augmentation[shift=" + shift + ", rotation=" + rotation + (zoom > 0 ? ", zoom=" + zoom : "")
                + (elastic > 0 ? ", elastic=" + elastic : "") + "]";
    }
}

package cnnkit.inspect;

import cnnkit.engine.Maximum;
import cnnkit.im2col.Window;
import cnnkit.network.Network;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;

/**
 * Which parts of an image a score depends on: what is lost when a patch covers them (section 7.6.2; Zeiler and Fergus,
 * Visualizing and understanding convolutional networks, 2014, section 4.2).
 * <pre>
 *     drop[oy][ox] = score of the image - score of the image with a patch at window position (oy, ox)
 * </pre>
 * Above 0 the patch hid something that speaks for the class, below 0 something that speaks against it.
 *
 * @param image (C, H, W)
 * @param label the class whose score is watched
 * @param score of the whole image, before softmax
 * @param window where patches were laid
 * @param drops (OH, OW), one for each position of the window
 */
public record Occlusion(Tensor image, int label, double score, Window window, Tensor drops) {
    private static final int BATCH = 100;

    /**
     * Covers an image with black patches.
     *
     * @param network any network for images
     * @param image (C, H, W)
     * @param label the class whose score is watched
     * @param size rows and columns of the patch, which is laid at every place where it fits
     * @return what each patch does to the score
     * @throws cnnkit.tensor.ShapeException if the image does not fit the network, or the patch the image
     * @throws InterruptedWorkException if the thread is interrupted; the network is unchanged
     */
    public static Occlusion of(Network network, Tensor image, int label, int size) {
        return of(network, image, label, Window.of(size), 0);
    }

    /**
     * Covers an image with patches.
     *
     * @param network any network for images
     * @param image (C, H, W)
     * @param label the class whose score is watched
     * @param window size, stride and padding of the patches; over padding a patch covers less
     * @param value what a covered pixel becomes: 0 is black, and cannot show what depends on a black pixel's being black
     * @return what each patch does to the score
     * @throws cnnkit.tensor.ShapeException if the image does not fit the network, or the patch the image
     * @throws IndexOutOfBoundsException if there is no such class
     * @throws InterruptedWorkException if the thread is interrupted; the network is unchanged
     */
    public static Occlusion of(Network network, Tensor image, int label, Window window, double value) {
        Shapes.expect("Occlusion", "image", image, "C", "H", "W");
        int OH = window.outputHeight(image.size(1)), OW = window.outputWidth(image.size(2));
        Tensor whole = network.predict(image.reshape(PartialNetwork.withBatch(1, image.shape())));
        if (label < 0 || label >= whole.size(1)) {
            throw new IndexOutOfBoundsException(
                    Text.error("Occlusion: class %d is outside 0..%d", label, whole.size(1) - 1));
        }
        Tensor drops = Tensor.zeros(OH, OW);
        for (int from = 0; from < drops.length(); from += BATCH) {
            InterruptedWorkException.check("occlusion", from, drops.length(), "patches");
            int N = Math.min(BATCH, drops.length() - from);
            Tensor x = Tensor.zeros(PartialNetwork.withBatch(N, image.shape()));
            for (int n = 0; n < N; n++) {
                Tensor covered = covered(image, patch(window, (from + n) / OW, (from + n) % OW), (float) value);
                System.arraycopy(covered.data(), 0, x.data(), n * covered.length(), covered.length());
            }
            Tensor scores = network.predict(x); // (N, K)
            for (int n = 0; n < N; n++) {
                drops.data()[from + n] = whole.get(0, label) - scores.get(n, label);
            }
        }
        return new Occlusion(image, label, whole.get(0, label), window, drops);
    }

    private static Region patch(Window window, int oy, int ox) {
        return new Region(
                oy * window.strideHeight() - window.paddingHeight(),
                ox * window.strideWidth() - window.paddingWidth(),
                window.kernelHeight(),
                window.kernelWidth());
    }

    private static Tensor covered(Tensor image, Region patch, float value) {
        Tensor covered = image.copy();
        int H = image.size(1), W = image.size(2);
        for (int c = 0; c < image.size(0); c++) {
            for (int y = Math.max(patch.top(), 0); y < Math.min(patch.top() + patch.height(), H); y++) {
                for (int x = Math.max(patch.left(), 0); x < Math.min(patch.left() + patch.width(), W); x++) {
                    covered.set(value, c, y, x);
                }
            }
        }
        return covered;
    }

    /**
     * The drops laid over the image: for each pixel the mean drop of all patches that cover it.
     *
     * @return (H, W); NaN where no patch lay
     */
    public Tensor map() {
        int H = image.size(1), W = image.size(2);
        double[] sums = new double[H * W];
        int[] counts = new int[H * W];
        for (int i = 0; i < drops.length(); i++) {
            Region patch = patch(window, i / drops.size(1), i % drops.size(1));
            for (int y = Math.max(patch.top(), 0); y < Math.min(patch.top() + patch.height(), H); y++) {
                for (int x = Math.max(patch.left(), 0); x < Math.min(patch.left() + patch.width(), W); x++) {
                    sums[y * W + x] += drops.data()[i];
                    counts[y * W + x]++;
                }
            }
        }
        Tensor map = Tensor.zeros(H, W);
        for (int i = 0; i < sums.length; i++) {
            map.data()[i] = (float) (sums[i] / counts[i]);
        }
        return map;
    }

    /**
     * The patch that hides most.
     *
     * @return its place in the image; the first one where several are equal
     */
    public Region mostImportant() {
        int best = Maximum.position(drops.data(), 0, drops.length());
        return patch(window, best / drops.size(1), best % drops.size(1));
    }

    /**
     * In words.
     *
     * @return for example {@code the score of class 7 is 12.31; a patch over rows 4 to 8, columns 9 to 13 takes away 6.02}
     */
    @Override
    public String toString() {
        return Text.of(
                "the score of class %d is %.2f; a patch over %s takes away %.2f",
                label, score, mostImportant(), drops.max());
    }
}

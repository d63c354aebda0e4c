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
        Tensor whole = network.predict(image.reshape(PartialNetwork.withBatch(1, image.shape())));
        if (label < 0 || label >= whole.size(1)) {
            throw new IndexOutOfBoundsException(
                    Text.error("Occlusion: class %d is outside 0..%d", label, whole.size(1) - 1));
        }
        float score = whole.get(0, label);
        Tensor drops = new Covering(image, window, value).drops(score, patch -> true, x -> {
            Tensor scores = network.predict(x); // (N, K)
            float[] watched = new float[x.size(0)];
            for (int n = 0; n < watched.length; n++) {
                watched[n] = scores.get(n, label);
            }
            return watched;
        });
        return new Occlusion(image, label, score, window, drops);
    }

    /** The patches, whatever they are filled with. */
    private Covering covering() {
        return new Covering(image, window, 0);
    }

    /**
     * The drops laid over the image: for each pixel the mean drop of all patches that cover it.
     *
     * @return (H, W); NaN where no patch lay
     */
    public Tensor map() {
        return covering().byPixel(drops);
    }

    /**
     * The patch that hides most.
     *
     * @return its place in the image; the first one where several are equal
     */
    public Region mostImportant() {
        int best = Maximum.position(drops.data(), 0, drops.length());
        return covering().patch(best / drops.size(1), best % drops.size(1));
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

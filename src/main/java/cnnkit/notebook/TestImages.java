package cnnkit.notebook;

import cnnkit.data.Dataset;
import cnnkit.data.Mnist;
import cnnkit.network.Network;
import cnnkit.tensor.Text;
import cnnkit.train.Evaluation;
import java.util.Objects;

/**
 * The test images, and how often a notebook has looked at them. Whatever is chosen after a look, a network, a number of
 * epochs, a seed, was chosen with their help; then their accuracy is no longer that on images never seen. Choices are
 * made on validation images instead ({@link Dataset#split}).
 * <pre>
 *     TestImages testImages = new TestImages(mnist);
 *     Evaluation last = testImages.evaluate(network, "SimpleConvNet after its last epoch");
 *     // ▪ test images, look 1: SimpleConvNet after its last epoch
 * </pre>
 */
public final class TestImages {
    private final Dataset images;
    private int looks;

    /**
     * Takes the test images of MNIST; nobody has looked at them yet.
     *
     * @param mnist all of it
     */
    public TestImages(Mnist mnist) {
        this(mnist.test());
    }

    TestImages(Dataset images) {
        this.images = Objects.requireNonNull(images, "images");
    }

    /**
     * Measures a network on all of them, and prints which look this is.
     *
     * @param network any network
     * @param why what is measured, for the line that is printed
     * @return the counts
     */
    public Evaluation evaluate(Network network, String why) {
        return Evaluation.of(network, look(why));
    }

    /**
     * Gives them away, and prints which look this is.
     *
     * @param why what they are needed for
     * @return all test images
     */
    public Dataset look(String why) {
        looks++;
        System.out.println(Text.of("▪ test images, look %d: %s", looks, why));
        return images;
    }

    /**
     * How often they were looked at.
     *
     * @return from 0
     */
    public int looks() {
        return looks;
    }
}

import cnnkit.data.Dataset;
import cnnkit.data.Mnist;
import cnnkit.io.AtomicFile;
import cnnkit.network.Activation;
import cnnkit.network.AlexNet;
import cnnkit.network.Network;
import cnnkit.tensor.Text;
import cnnkit.train.Evaluation;
import cnnkit.train.Trainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * Section 7.7.2: what ReLU, local response normalization and Dropout do in AlexNet, scaled down for MNIST, each switched
 * off alone (a sigmoid stands where ReLU is off). Few images, so that the network can overfit: 300, 25 epochs in batches
 * of 50. Five seeds; a seed decides the initial weights, the order of the images and what Dropout drops.
 *
 * <p>Exploratory, not a test of a claim made beforehand: every run is judged on the same first 2,000 test images, after its
 * last step, and in view of these results the runs with and without Dropout were repeated with 75 epochs. To confirm what
 * they suggest, choose on validation images, and take other seeds. Run with {@code python3 lab.py experiments
 * AlexNetParts}; about twelve minutes on one core.
 */
final class AlexNetParts {
    private static final int SEEDS = 5;
    private static final int IMAGES = 300;
    private static final int TEST_IMAGES = 2_000;
    private static final int BATCH = 50;
    private static final int EPOCHS = 25;
    private static final int LONGER = 75;

    public static void main(String[] arguments) throws IOException {
        StringBuilder csv = new StringBuilder(
                "seed,switched off,training accuracy,training loss,test accuracy,test loss,images,test images,batch,epochs,optimizer,version\n");
        Mnist mnist = Mnist.load();
        for (int seed = 1; seed <= SEEDS; seed++) {
            for (String off : new String[] {"nothing", "ReLU", "LRN", "Dropout"}) {
                csv.append(run(mnist, seed, off, EPOCHS));
            }
            System.out.println(csv);
        }
        for (int seed = 1; seed <= SEEDS; seed++) {
            for (String off : new String[] {"nothing", "Dropout"}) {
                csv.append(run(mnist, seed, off, LONGER));
            }
            System.out.println(csv);
        }
        AtomicFile.write(Path.of("data/experiments/AlexNetParts.csv"), csv.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** One run: one line. Where ReLU is off, there is a sigmoid in its place. */
    static String run(Mnist mnist, long seed, String off, int epochs) {
        Network network = AlexNet.small()
                .activation(off.equals("ReLU") ? Activation.SIGMOID : Activation.RELU)
                .normalization(!off.equals("LRN"))
                .dropout(off.equals("Dropout") ? 0 : 0.5)
                .build(seed);
        Dataset images = mnist.train().take(IMAGES);
        Dataset test = mnist.test().take(TEST_IMAGES);
        new Trainer(network, images)
                .batchSize(BATCH)
                .epochs(epochs)
                .seed(seed)
                .train();
        return Text.of("%d,%s,%s,%s,%s,%s,%d,%d,%d,%d,Adam(0.001),%s\n",
                seed,
                off,
                Evaluation.of(network, images).accuracy(),
                loss(network, images),
                Evaluation.of(network, test).accuracy(),
                loss(network, test),
                IMAGES,
                TEST_IMAGES,
                BATCH,
                epochs,
                Trainer.class.getPackage().getImplementationVersion());
    }

    /** The mean cross entropy, without dropping anything. The size of a batch divides the number of images. */
    private static double loss(Network network, Dataset images) {
        double sum = 0;
        for (int from = 0; from < images.size(); from += BATCH) {
            int[] batch = IntStream.range(from, from + BATCH).toArray();
            sum += network.loss(images.images(batch), images.labels(batch));
        }
        return sum / (images.size() / BATCH);
    }
}

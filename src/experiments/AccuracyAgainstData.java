import cnnkit.data.Mnist;
import cnnkit.io.AtomicFile;
import cnnkit.network.Activation;
import cnnkit.network.FullyConnectedNet;
import cnnkit.network.LeNet;
import cnnkit.network.Network;
import cnnkit.tensor.Text;
import cnnkit.train.Evaluation;
import cnnkit.train.Trainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Section 7.7.2: how accuracy grows with the number of training images, for a convolutional and a fully connected
 * network of about the same number of parameters (LeNet with ReLU and maximum, 61,706; one hidden layer of 100 units,
 * 79,510). Every run makes 600 steps of 100 images, so that only the number of different images changes: 600 epochs
 * of 100, or 1 of 60,000. Three seeds; a seed decides the initial weights and the order of the images. All settings were
 * fixed beforehand; the test images are read once for each run, after the last step. Run with {@code python3 lab.py
 * experiments AccuracyAgainstData}; about five minutes on one core.
 */
final class AccuracyAgainstData {
    private static final int SEEDS = 3;
    private static final int STEPS = 600;
    private static final int BATCH = 100;
    private static final int[] IMAGES = {100, 300, 1_000, 3_000, 10_000, 30_000, 60_000};

    public static void main(String[] arguments) throws IOException {
        StringBuilder csv = new StringBuilder(
                "seed,network,images,epochs,training accuracy,test accuracy,steps,batch,optimizer,version\n");
        Mnist mnist = Mnist.load();
        for (int images : IMAGES) {
            for (int seed = 1; seed <= SEEDS; seed++) {
                csv.append(run(mnist, seed, "LeNet", images));
                csv.append(run(mnist, seed, "FullyConnectedNet", images));
            }
            System.out.println(csv);
        }
        AtomicFile.write(
                Path.of("data/experiments/AccuracyAgainstData.csv"), csv.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** One run: one line. */
    static String run(Mnist mnist, long seed, String name, int images) {
        Network network = name.equals("LeNet")
                ? LeNet.builder()
                        .activation(Activation.RELU)
                        .pooling(LeNet.Pooling.MAXIMUM)
                        .build(seed)
                : FullyConnectedNet.create(seed);
        int epochs = STEPS * BATCH / images;
        new Trainer(network, mnist.train().take(images))
                .batchSize(BATCH)
                .epochs(epochs)
                .seed(seed)
                .train();
        return Text.of("%d,%s,%d,%d,%s,%s,%d,%d,Adam(0.001),%s\n",
                seed,
                name,
                images,
                epochs,
                Evaluation.of(network, mnist.train().take(images)).accuracy(),
                Evaluation.of(network, mnist.test()).accuracy(),
                STEPS,
                BATCH,
                Trainer.class.getPackage().getImplementationVersion());
    }
}

import cnnkit.data.Mnist;
import cnnkit.data.Split;
import cnnkit.io.AtomicFile;
import cnnkit.network.Activation;
import cnnkit.network.InitialWeights;
import cnnkit.network.LeNet;
import cnnkit.network.Network;
import cnnkit.tensor.Text;
import cnnkit.train.History;
import cnnkit.train.Trainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Section 7.7.1: what LeNet's choices cost. Sigmoid against ReLU, keeping one pixel of four against the maximum, all else
 * equal; and sigmoid once more with initial weights from N(0, 0.01^2). Three seeds, five epochs of 6,000 images, Adam with
 * learning rate 0.001 for all. A seed decides the initial weights and the order of the images. Accuracy is measured after
 * every epoch on the 5,000 images of {@link cnnkit.data.Dataset#split()}, as these are choices. Run with {@code python3
 * lab.py experiments LeNetChoices}; about five minutes on one core.
 */
final class LeNetChoices {
    private static final int SEEDS = 3;
    private static final int EPOCHS = 5;
    private static final int IMAGES = 6_000;

    public static void main(String[] arguments) throws IOException {
        StringBuilder csv = new StringBuilder(
                "seed,activation,pooling,initial weights,epoch,loss,training accuracy,validation accuracy,images,batch,optimizer,version\n");
        Split split = Mnist.load().train().split();
        for (int seed = 1; seed <= SEEDS; seed++) {
            for (LeNet.Pooling pooling : new LeNet.Pooling[] {LeNet.Pooling.KEEP_ONE, LeNet.Pooling.MAXIMUM}) {
                csv.append(run(split, seed, Activation.SIGMOID, pooling, InitialWeights.xavier(), EPOCHS));
                csv.append(run(split, seed, Activation.RELU, pooling, InitialWeights.he(), EPOCHS));
            }
            csv.append(run(
                    split, seed, Activation.SIGMOID, LeNet.Pooling.KEEP_ONE, InitialWeights.gaussian(0.01), EPOCHS));
            System.out.println(csv);
        }
        AtomicFile.write(Path.of("data/experiments/LeNetChoices.csv"), csv.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** One run: a line per epoch. */
    static String run(
            Split split, long seed, Activation activation, LeNet.Pooling pooling, InitialWeights weights, int epochs) {
        Network network = LeNet.builder()
                .activation(activation)
                .pooling(pooling)
                .weights(weights)
                .build(seed);
        History history = new Trainer(network, split.train().take(IMAGES))
                .validation(split.validation())
                .epochs(epochs)
                .seed(seed)
                .train();
        StringBuilder lines = new StringBuilder();
        for (History.Epoch epoch : history.epochs()) {
            lines.append(Text.of("%d,%s,%s,%s,%d,%s,%s,%s,%d,100,Adam(0.001),%s\n",
                    seed,
                    activation,
                    pooling,
                    weights,
                    epoch.epoch(),
                    epoch.loss(),
                    epoch.accuracy(),
                    epoch.validationAccuracy(),
                    IMAGES,
                    Trainer.class.getPackage().getImplementationVersion()));
        }
        return lines.toString();
    }
}

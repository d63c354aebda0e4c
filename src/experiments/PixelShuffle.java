import cnnkit.data.Dataset;
import cnnkit.data.Mnist;
import cnnkit.data.Split;
import cnnkit.io.AtomicFile;
import cnnkit.network.FullyConnectedNet;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.Text;
import cnnkit.train.Evaluation;
import cnnkit.train.Trainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Section 7.2.1: what happens to a fully connected network and to a convolutional one when the pixels of all images are
 * shuffled in the same way, for five seeds. A seed decides the initial weights, the order of the images and the shuffle.
 * Run with {@code python3 lab.py experiments PixelShuffle}; about seven minutes on one core.
 *
 * <p>Each network learns anew from the first 10,000 of the images that are left when 5,000 are held out, and is measured
 * on those 5,000 after the last epoch. The test images are not read.
 */
final class PixelShuffle {
    private static final int SEEDS = 5;
    private static final int IMAGES = 10_000;
    private static final int EPOCHS = 6;

    public static void main(String[] arguments) throws IOException {
        Split split = Mnist.load().train().split();
        StringBuilder csv = new StringBuilder("seed,network,pixels,validation accuracy,images,epochs,batch,optimizer,version\n");
        for (int seed = 1; seed <= SEEDS; seed++) {
            for (String pixels : List.of("in order", "shuffled")) {
                int[] order = pixels.equals("shuffled") ? shuffledPositions(seed) : IntStream.range(0, 28 * 28).toArray();
                Dataset learn = split.train().take(IMAGES).permutePixels(order);
                Dataset validation = split.validation().permutePixels(order);
                for (String name : List.of("fully connected", "convolutional")) {
                    Network network = name.equals("convolutional") ? SimpleConvNet.create(seed) : FullyConnectedNet.create(seed);
                    new Trainer(network, learn).epochs(EPOCHS).seed(seed).train();
                    double accuracy = Evaluation.of(network, validation).accuracy();
                    csv.append(Text.of("%d,%s,%s,%s,%d,%d,100,Adam(0.001),%s\n",
                            seed,
                            name,
                            pixels,
                            accuracy,
                            IMAGES,
                            EPOCHS,
                            Trainer.class.getPackage().getImplementationVersion()));
                    System.out.println("seed " + seed + ", " + name + ", pixels " + pixels + ": " + accuracy);
                }
            }
        }
        AtomicFile.write(Path.of("data/experiments/PixelShuffle.csv"), csv.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** All positions of a 28 x 28 image in a random order. */
    private static int[] shuffledPositions(int seed) {
        List<Integer> positions = IntStream.range(0, 28 * 28).boxed().collect(Collectors.toList());
        Collections.shuffle(positions, new Random(seed));
        return positions.stream().mapToInt(position -> position).toArray();
    }
}

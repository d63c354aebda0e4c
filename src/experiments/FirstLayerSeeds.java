import cnnkit.data.Dataset;
import cnnkit.data.Mnist;
import cnnkit.data.Split;
import cnnkit.inspect.FilterRegularity;
import cnnkit.inspect.OrientationResponse;
import cnnkit.inspect.Silencing;
import cnnkit.io.AtomicFile;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import cnnkit.train.Evaluation;
import cnnkit.train.Trainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Section 7.6.1, several times: the filters of SimpleConvNet's first layer after one epoch, for five seeds. A seed decides
 * the initial weights, the order of the images and the shuffle. Run with {@code python3 lab.py experiments
 * FirstLayerSeeds}; about six minutes on one core.
 *
 * <p>Each network learns from the 55,000 images that are left when 5,000 are held out, once with their pixels in order and
 * once with the pixels of all images shuffled in the same way. Of the network that learned from pixels in order, the ten
 * most oriented filters are then silent, the ten least oriented ones, and ten random ones, twenty times; what is lost is
 * measured on 2,000 of the 5,000. The test images are not read.
 */
final class FirstLayerSeeds {
    private static final int SEEDS = 5;
    private static final int SILENT = 10;
    private static final int DRAWS = 20;
    private static final int MEASURED = 2_000; // images

    public static void main(String[] arguments) throws IOException {
        Split split = Mnist.load().train().split();
        StringBuilder csv = new StringBuilder("seed,pixels,regularity before,regularity after,orientation before,"
                + "orientation after,validation accuracy,lost without oriented,lost without least oriented,"
                + "lost without random (mean),lost without random (smallest),lost without random (largest),"
                + "draws that lost less than oriented,draws,silent,images,epochs,batch,optimizer,version\n");
        for (int seed = 1; seed <= SEEDS; seed++) {
            for (String pixels : List.of("in order", "shuffled")) {
                boolean ordered = pixels.equals("in order");
                Dataset learn = ordered ? split.train() : split.train().permutePixels(shuffledPositions(seed));
                Network network = SimpleConvNet.create(seed);
                Tensor W1 = network.parameter("W1").value();
                Tensor before = W1.copy();
                new Trainer(network, learn).epochs(1).seed(seed).train();
                csv.append(Text.of("%d,%s,%s,%s,%s,%s,%s,%d,%d,%d,1,100,Adam(0.001),%s\n",
                        seed,
                        pixels,
                        FilterRegularity.of(before).mean(),
                        FilterRegularity.of(W1).mean(),
                        meanSelectivity(before),
                        meanSelectivity(W1),
                        ordered ? silenced(network, split.validation().take(MEASURED), seed) : ",,,,,,",
                        DRAWS,
                        SILENT,
                        learn.size(),
                        Trainer.class.getPackage().getImplementationVersion()));
                System.out.println("seed " + seed + ", pixels " + pixels + ": " + FilterRegularity.of(W1));
            }
        }
        AtomicFile.write(Path.of("data/experiments/FirstLayerSeeds.csv"), csv.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static double meanSelectivity(Tensor W) {
        OrientationResponse response = OrientationResponse.of(W);
        return IntStream.range(0, response.filters()).mapToDouble(response::selectivity).average().orElseThrow();
    }

    /** Accuracy, and what is lost without the most oriented filters, the least oriented ones, and random ones. */
    private static String silenced(Network network, Dataset unseen, int seed) {
        List<Integer> order = OrientationResponse.of(network.parameter("W1").value()).bySelectivity();
        List<int[]> choices = new ArrayList<>();
        choices.add(array(order.subList(0, SILENT)));
        choices.add(array(order.subList(order.size() - SILENT, order.size())));
        List<Integer> shuffled = new ArrayList<>(IntStream.range(0, order.size()).boxed().toList());
        Random random = new Random(seed);
        for (int draw = 0; draw < DRAWS; draw++) {
            Collections.shuffle(shuffled, random);
            choices.add(array(shuffled.subList(0, SILENT)));
        }
        List<Silencing> measured = Silencing.of(network, "Conv1", unseen, choices);
        double oriented = measured.get(0).loss();
        var draws = measured.subList(2, measured.size()).stream().mapToDouble(Silencing::loss).summaryStatistics();
        long less = measured.subList(2, measured.size()).stream().filter(draw -> draw.loss() < oriented).count();
        return Text.of("%s,%s,%s,%s,%s,%s,%d",
                Evaluation.of(network, unseen).accuracy(),
                oriented,
                measured.get(1).loss(),
                draws.getAverage(),
                draws.getMin(),
                draws.getMax(),
                less);
    }

    private static int[] array(List<Integer> filters) {
        return filters.stream().mapToInt(filter -> filter).toArray();
    }

    /** All positions of a 28 x 28 image in a random order. */
    private static int[] shuffledPositions(int seed) {
        List<Integer> positions = IntStream.range(0, 28 * 28).boxed().collect(Collectors.toList());
        Collections.shuffle(positions, new Random(seed));
        return positions.stream().mapToInt(position -> position).toArray();
    }
}

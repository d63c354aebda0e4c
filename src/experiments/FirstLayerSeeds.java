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
import cnnkit.train.Trainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Section 7.6.1, several times: the filters of SimpleConvNet's first layer after 300 steps, for eight seeds. A seed decides
 * the initial weights, the order of the images and the shuffle. Run with {@code python3 lab.py experiments
 * FirstLayerSeeds}; about five minutes on one core.
 *
 * <p>Each network learns from 30,000 images, once with their pixels in order and once with the pixels of all images
 * shuffled in the same way. Of the network that learned from pixels in order, ten filters are then silent: the most
 * oriented ones, the least oriented ones, those with the largest weights, the most oriented ones of the others, and random
 * ones, twenty times; what is lost is measured on 2,000 images that it has not learned from. The test images are not read.
 */
final class FirstLayerSeeds {
    private static final int SEEDS = 8;
    private static final int IMAGES = 30_000;
    private static final int SILENT = 10;
    private static final int DRAWS = 20;
    private static final int MEASURED = 2_000; // images

    public static void main(String[] arguments) throws IOException {
        Split split = Mnist.load().train().split();
        StringBuilder csv = new StringBuilder("seed,pixels,regularity before,regularity after,orientation before,"
                + "orientation after,validation accuracy,lost without oriented,lost without least oriented,"
                + "lost without largest,lost without oriented of the others,lost without random (mean),"
                + "draws that lost less than oriented,draws,silent,images,epochs,batch,optimizer,version\n");
        for (int seed = 1; seed <= SEEDS; seed++) {
            for (String pixels : List.of("in order", "shuffled")) {
                boolean ordered = pixels.equals("in order");
                Dataset images = split.train().take(IMAGES);
                Dataset learn = ordered ? images : images.permutePixels(shuffledPositions(seed));
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
            AtomicFile.write(
                    Path.of("data/experiments/FirstLayerSeeds.csv"),
                    csv.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static double meanSelectivity(Tensor W) {
        OrientationResponse response = OrientationResponse.of(W);
        return IntStream.range(0, response.filters()).mapToDouble(response::selectivity).average().orElseThrow();
    }

    /** Accuracy, and what is lost without five kinds of filters. */
    private static String silenced(Network network, Dataset unseen, int seed) {
        Tensor W1 = network.parameter("W1").value();
        List<Integer> oriented = OrientationResponse.of(W1).bySelectivity();
        List<Integer> largest = new ArrayList<>(IntStream.range(0, oriented.size()).boxed().toList());
        largest.sort(Comparator.comparingDouble(filter -> -W1.slice(filter).map(w -> w * w).sum()));
        List<Integer> others = new ArrayList<>(oriented);
        others.removeAll(largest.subList(0, SILENT));
        List<int[]> choices = new ArrayList<>();
        choices.add(array(oriented.subList(0, SILENT)));
        choices.add(array(oriented.subList(oriented.size() - SILENT, oriented.size())));
        choices.add(array(largest.subList(0, SILENT)));
        choices.add(array(others.subList(0, SILENT)));
        int named = choices.size();
        List<Integer> shuffled = new ArrayList<>(IntStream.range(0, oriented.size()).boxed().toList());
        Random random = new Random(seed);
        for (int draw = 0; draw < DRAWS; draw++) {
            Collections.shuffle(shuffled, random);
            choices.add(array(shuffled.subList(0, SILENT)));
        }
        List<Silencing> measured = Silencing.of(network, "Conv1", unseen, choices);
        List<Silencing> draws = measured.subList(named, measured.size());
        double mostOriented = measured.get(0).loss();
        return Text.of("%s,%s,%s,%s,%s,%s,%d",
                measured.get(0).before(),
                mostOriented,
                measured.get(1).loss(),
                measured.get(2).loss(),
                measured.get(3).loss(),
                draws.stream().mapToDouble(Silencing::loss).average().orElseThrow(),
                draws.stream().filter(draw -> draw.loss() < mostOriented).count());
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

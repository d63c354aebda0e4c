import cnnkit.data.Dataset;
import cnnkit.data.Normalization;
import cnnkit.data.PictureFolder;
import cnnkit.data.TurnedPatches;
import cnnkit.im2col.Window;
import cnnkit.inspect.ClassSelectivity;
import cnnkit.inspect.FilterRegularity;
import cnnkit.io.AtomicFile;
import cnnkit.layer.Affine;
import cnnkit.layer.AveragePooling;
import cnnkit.layer.Convolution;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Relu;
import cnnkit.network.InitialWeights;
import cnnkit.network.Network;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import cnnkit.train.Adam;
import cnnkit.train.Evaluation;
import cnnkit.train.History;
import cnnkit.train.Trainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Notebook 7.6b, for every photograph: a network learns which way up a colour patch is from five photographs of {@code
 * data/pictures/photographs} and is measured on the sixth, which it has never seen, all at half their size; once with the
 * pixels of all patches in order and once shuffled, all in the same way. Number {@code k} of the six has the seed {@code k + 1}, which decides the
 * initial weights, the order of the patches and the shuffle. Run with {@code python3 lab.py experiments ColourPatches};
 * about five minutes on one core.
 */
final class ColourPatches {
    private static final int EPOCHS = 8;
    private static final int BATCH = 30;
    private static final double RATE = 0.001;
    private static final double SMALL = 0.03; // standard deviation of the first weights: little noise to learn over
    private static final int SIZE = 32;

    public static void main(String[] arguments) throws IOException {
        PictureFolder folder = PictureFolder.load(Path.of("data/pictures/photographs"), 3);
        StringBuilder csv = new StringBuilder("photograph,pixels,seed,loss of first epoch,training accuracy,right,of,"
                + "regularity before,regularity after,grey before,grey after,selectivity 1 before,selectivity 2 before,"
                + "selectivity 3 before,selectivity 1 after,selectivity 2 after,selectivity 3 after,"
                + "patches,epochs,batch,optimizer,version\n");
        for (String pixels : List.of("in order", "shuffled")) {
            for (int held = 0; held < folder.files().size(); held++) {
                String row = run(folder, held, pixels);
                System.out.print(row);
                csv.append(row);
                AtomicFile.write(
                        Path.of("data/experiments/ColourPatches.csv"),
                        csv.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static String run(PictureFolder folder, int held, String pixels) {
        int seed = held + 1;
        int[] all = IntStream.range(0, folder.images().size()).toArray();
        Tensor smaller = new AveragePooling(Window.of(2).stride(2))
                .forward(folder.images().images(all));
        Dataset photographs = Dataset.of(smaller, new int[all.length], 1);
        int side = photographs.imageShape()[1];
        int[] others = Arrays.stream(all).filter(i -> i != held).toArray();
        Dataset learn = TurnedPatches.of(photographs.select(others), 0, side, SIZE, 8, true);
        Dataset unseen = TurnedPatches.of(photographs.select(held), 0, side, SIZE, SIZE, false);
        if (pixels.equals("shuffled")) {
            int[] order = shuffledPositions(seed);
            learn = learn.permutePixels(order);
            unseen = unseen.permutePixels(order);
        }
        Normalization normalization = Normalization.of(learn);
        learn = learn.normalized(normalization);
        unseen = unseen.normalized(normalization);
        Network network = network(seed);
        Tensor W1 = network.parameter("W1").value();
        Tensor before = W1.copy();
        double[] selectiveBefore = selectivity(network, unseen);
        Adam adam = new Adam(RATE);
        History history = new Trainer(network, learn)
                .epochs(EPOCHS)
                .batchSize(BATCH)
                .optimizer(adam)
                .seed(seed)
                .train();
        Evaluation evaluation = Evaluation.of(network, unseen);
        double[] selective = selectivity(network, unseen);
        return Text.of("%s,%s,%d,%s,%s,%d,%d,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%d,%d,%d,%s,%s\n",
                folder.files().get(held).getFileName().toString().replace(".png", ""),
                pixels,
                seed,
                history.epochs().get(0).loss(),
                Evaluation.of(network, learn).accuracy(),
                Math.round(evaluation.accuracy() * unseen.size()),
                unseen.size(),
                FilterRegularity.of(before).mean(),
                FilterRegularity.of(W1).mean(),
                grey(before),
                grey(W1),
                selectiveBefore[0],
                selectiveBefore[1],
                selectiveBefore[2],
                selective[0],
                selective[1],
                selective[2],
                learn.size(),
                EPOCHS,
                BATCH,
                adam,
                Trainer.class.getPackage().getImplementationVersion());
    }

    /** Three convolutions; the first reads 6x6 pixels of three colours at every second place. */
    private static Network network(long seed) {
        Random random = new Random(seed);
        InitialWeights he = InitialWeights.he();
        Tensor small = InitialWeights.gaussian(SMALL).draw(random, 20, 3, 6, 6);
        return Network.builder(3, SIZE, SIZE)
                .add("Conv1", new Convolution(small, Tensor.zeros(20), Window.of(6).stride(2)))
                .add("Relu1", new Relu())
                .add("Conv2", new Convolution(he.draw(random, 24, 20, 3, 3), Tensor.zeros(24), Window.of(3)))
                .add("Relu2", new Relu())
                .add("Pool1", new MaxPooling(Window.of(2).stride(2)))
                .add("Conv3", new Convolution(he.draw(random, 32, 24, 3, 3), Tensor.zeros(32), Window.of(3)))
                .add("Relu3", new Relu())
                .add("Affine1", new Affine(he.draw(random, 32 * 4 * 4, 4), Tensor.zeros(4)))
                .build();
    }

    /** The class selectivity of the three ReLU layers, mean over units; here a class is a turn. */
    private static double[] selectivity(Network network, Dataset unseen) {
        return ClassSelectivity.byDepth(network, unseen).stream()
                .mapToDouble(ClassSelectivity::mean)
                .toArray();
    }

    /** Mean over filters: the share of a filter's squared weights that its three colours have in common, 1 if it is grey. */
    private static double grey(Tensor W) {
        double sum = 0;
        for (int f = 0; f < W.size(0); f++) {
            double common = 0, all = 0;
            for (int y = 0; y < W.size(2); y++) {
                for (int x = 0; x < W.size(3); x++) {
                    double r = W.get(f, 0, y, x), g = W.get(f, 1, y, x), b = W.get(f, 2, y, x);
                    common += (r + g + b) * (r + g + b) / 3;
                    all += r * r + g * g + b * b;
                }
            }
            sum += common / all;
        }
        return sum / W.size(0);
    }

    private static int[] shuffledPositions(int seed) {
        List<Integer> positions = new ArrayList<>(IntStream.range(0, SIZE * SIZE).boxed().toList());
        Collections.shuffle(positions, new Random(seed));
        return positions.stream().mapToInt(position -> position).toArray();
    }
}

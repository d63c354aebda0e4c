import cnnkit.data.Dataset;
import cnnkit.data.Mnist;
import cnnkit.im2col.Window;
import cnnkit.io.AtomicFile;
import cnnkit.layer.Affine;
import cnnkit.layer.AveragePooling;
import cnnkit.layer.Convolution;
import cnnkit.layer.Layer;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Relu;
import cnnkit.layer.Subsampling;
import cnnkit.network.Network;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import cnnkit.train.Evaluation;
import cnnkit.train.History;
import cnnkit.train.Trainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Section 7.3: does pooling help a network with images that have moved? SimpleConvNet three times, with the maximum of
 * each 2x2 window, with its average, and with its first pixel (no pooling, only thinning out: the control), everything
 * else alike. Each learns 10,000 images where they are, and is then asked about 2,000 others, moved by 0 to 4 pixels; the
 * accuracy is the mean of four directions. It is asked after three epochs, and again after ten: what a short training has
 * not finished could pass for what pooling does. Five seeds, each with the same initial weights and the same order of the
 * images for all three. Run with {@code python3 lab.py experiments PoolingAndShifts}; about ten minutes. The test images
 * are not read.
 */
final class PoolingAndShifts {
    private static final int SEEDS = 5;
    private static final int IMAGES = 10_000;
    private static final int[] EPOCHS = {3, 10};
    private static final int[][] DIRECTIONS = {{0, 1}, {0, -1}, {1, 0}, {-1, 0}};

    public static void main(String[] arguments) throws IOException {
        Mnist mnist = Mnist.load();
        Dataset others = mnist.train().range(55_000, 57_000);
        StringBuilder csv = new StringBuilder("seed,pooling,shift,accuracy,images,epochs,batch,optimizer,version\n");
        for (int seed = 1; seed <= SEEDS; seed++) {
            Window window = Window.of(2).stride(2);
            Map<String, Layer> layers = new LinkedHashMap<>();
            layers.put("maximum", new MaxPooling(window));
            layers.put("average", new AveragePooling(window));
            layers.put("first pixel", new Subsampling(window));
            for (Map.Entry<String, Layer> pooling : layers.entrySet()) {
                Network network = network(pooling.getValue(), seed);
                Trainer trainer = new Trainer(network, mnist.train().take(IMAGES)).seed(seed);
                for (int epochs : EPOCHS) {
                    trainer.epochs(epochs);
                    History history = epochs == EPOCHS[0] ? trainer.train() : trainer.resume();
                    for (int shift = 0; shift <= 4; shift++) {
                        csv.append(Text.of("%d,%s,%d,%s,%d,%d,100,Adam(0.001),%s\n",
                                seed,
                                pooling.getKey(),
                                shift,
                                accuracy(network, others, shift),
                                IMAGES,
                                history.epochs().size(),
                                Trainer.class.getPackage().getImplementationVersion()));
                    }
                }
                System.out.println("seed " + seed + ", " + pooling.getKey());
            }
        }
        AtomicFile.write(Path.of("data/experiments/PoolingAndShifts.csv"), csv.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** SimpleConvNet of section 7.5 with its seed, but with the given layer in the place of its pooling. */
    private static Network network(Layer pooling, int seed) {
        Random random = new Random(seed);
        return Network.builder(1, 28, 28)
                .add("Conv1", new Convolution(Tensor.gaussian(random, 0.01, 30, 1, 5, 5), Tensor.zeros(30), Window.of(5)))
                .add("Relu1", new Relu())
                .add("Pool1", pooling)
                .add("Affine1", new Affine(Tensor.gaussian(random, 0.01, 30 * 12 * 12, 100), Tensor.zeros(100)))
                .add("Relu2", new Relu())
                .add("Affine2", new Affine(Tensor.gaussian(random, 0.01, 100, 10), Tensor.zeros(10)))
                .build();
    }

    private static double accuracy(Network network, Dataset images, int shift) {
        if (shift == 0) {
            return Evaluation.of(network, images).accuracy();
        }
        Tensor still = images.images(IntStream.range(0, images.size()).toArray());
        double sum = 0;
        for (int[] direction : DIRECTIONS) {
            Tensor moved = moved(still, shift * direction[0], shift * direction[1]);
            sum += Evaluation.of(network, Dataset.of(moved, images.labels(), images.classes())).accuracy();
        }
        return sum / DIRECTIONS.length;
    }

    /** Images moved down and to the right; black comes in from outside. */
    private static Tensor moved(Tensor images, int down, int right) {
        int N = images.size(0), H = images.size(2), W = images.size(3);
        Tensor moved = Tensor.zeros(images.shape());
        for (int n = 0; n < N; n++) {
            for (int y = Math.max(0, down); y < Math.min(H, H + down); y++) {
                for (int x = Math.max(0, right); x < Math.min(W, W + right); x++) {
                    moved.set(images.get(n, 0, y - down, x - right), n, 0, y, x);
                }
            }
        }
        return moved;
    }
}

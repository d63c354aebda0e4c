import cnnkit.layer.Convolution;
import cnnkit.layer.ConvolutionAlgorithm;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.Tensor;
import cnnkit.train.Adam;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * One training step of SimpleConvNet, batch 100; the argument is {@code im2col} or {@code engine}. Reads "steps N" from standard input, makes N steps and
 * answers with the seconds they took, so that the benchmark can take turns with other programs.
 */
final class TrainingStep {
    public static void main(String[] arguments) throws IOException {
        Random random = new Random(1);
        Network network = SimpleConvNet.create(1);
        if (arguments[0].equals("im2col")) {
            ((Convolution) network.layer("Conv1")).use(ConvolutionAlgorithm.im2col());
        }
        Adam adam = new Adam();
        Tensor x = Tensor.gaussian(random, 1, 100, 1, 28, 28).map(Math::abs);
        int[] labels = random.ints(100, 0, 10).toArray();
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            int steps = Integer.parseInt(line.split(" ")[1]);
            double loss = 0;
            long begin = System.nanoTime();
            for (int step = 0; step < steps; step++) {
                loss = network.gradient(x, labels);
                adam.update(network.parameters().values());
            }
            System.out.println((System.nanoTime() - begin) / 1e9 + " " + loss);
        }
    }
}

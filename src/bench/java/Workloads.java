import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.Convolution;
import cnnkit.layer.ConvolutionAlgorithm;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Relu;
import cnnkit.network.Activation;
import cnnkit.network.AlexNet;
import cnnkit.network.LeNet;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.Tensor;
import cnnkit.train.Adam;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * The workloads of the benchmark. Reads "WORKLOAD N" from standard input, does it N times and answers with the seconds that
 * took, so that the benchmark can take turns with other programs.
 */
final class Workloads {
    private static final Random RANDOM = new Random(1);

    public static void main(String[] arguments) throws IOException {
        Map<String, Runnable> made = new HashMap<>();
        System.out.println("ready " + Network.class.getPackage().getImplementationVersion());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            Runnable step = made.computeIfAbsent(words[0], Workloads::workload);
            int count = Integer.parseInt(words[1]);
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                step.run();
            }
            System.out.println((System.nanoTime() - begin) / 1e9);
        }
    }

    private static Runnable workload(String name) {
        return switch (name) {
            case "train-simple" -> training(SimpleConvNet.create(1));
            case "train-simple-im2col" -> {
                Network network = SimpleConvNet.create(1);
                ((Convolution) network.layer("Conv1")).use(ConvolutionAlgorithm.im2col());
                yield training(network);
            }
            case "train-deep" -> training(deepConvNet());
            case "train-lenet" ->
                training(LeNet.builder()
                        .activation(Activation.RELU)
                        .pooling(LeNet.Pooling.MAXIMUM)
                        .build(1));
            case "predict-deep-1000" -> inference(deepConvNet(), 1000, 1, 28, 28);
            case "predict-alexnet-1" -> inference(AlexNet.create(1), 1, 3, 227, 227);
            case "predict-1000" -> inference(SimpleConvNet.create(1), 1000, 1, 28, 28);
            case "predict-1" -> inference(SimpleConvNet.create(1), 1, 1, 28, 28);
            case "convolution-16" -> convolution(16, 16, 3, 28);
            case "convolution-32" -> convolution(32, 32, 3, 14);
            case "convolution-64" -> convolution(64, 64, 3, 7);
            case "convolution-192" -> convolution(64, 192, 5, 27);
            default -> throw new IllegalArgumentException("no workload " + name);
        };
    }

    /** Whole training steps, batch 100: forward, loss, backward, Adam. */
    private static Runnable training(Network network) {
        Adam adam = new Adam();
        Tensor x = images(100, 1, 28, 28);
        int[] labels = RANDOM.ints(100, 0, 10).toArray();
        return () -> {
            network.gradient(x, labels);
            adam.update(network.parameters().values());
        };
    }

    private static Runnable inference(Network network, int... shape) {
        Tensor x = images(shape);
        return () -> network.predict(x);
    }

    /** Forward, dx, dW and db of one convolution that keeps the size, batch 100. */
    private static Runnable convolution(int channels, int filters, int kernel, int size) {
        Tensor x = images(100, channels, size, size);
        Tensor dout = images(100, filters, size, size);
        Convolution layer = new Convolution(
                Tensor.gaussian(RANDOM, 0.01, filters, channels, kernel, kernel),
                Tensor.zeros(filters),
                Window.of(kernel).padding(kernel / 2));
        Tensor out = Tensor.zeros(dout.shape()), dx = Tensor.zeros(x.shape());
        return () -> {
            layer.forward(x, out);
            layer.backward(dout, dx);
        };
    }

    /** Six 3x3 convolutions, a pooling after each pair. */
    private static Network deepConvNet() {
        Network.Builder builder = Network.builder(1, 28, 28);
        int[] filters = {16, 16, 32, 32, 64, 64};
        for (int i = 0; i < filters.length; i++) {
            int channels = builder.shape()[0];
            Tensor W = Tensor.gaussian(RANDOM, Math.sqrt(2.0 / (9 * channels)), filters[i], channels, 3, 3);
            builder.add("Conv" + (i + 1), new Convolution(W, Tensor.zeros(filters[i]), Window.of(3).padding(i == 3 ? 2 : 1)));
            builder.add("Relu" + (i + 1), new Relu());
            if (i % 2 == 1) {
                builder.add("Pool" + (i / 2 + 1), new MaxPooling(Window.of(2).stride(2)));
            }
        }
        return builder.add("Affine1", affine(1024, 50))
                .add("Relu7", new Relu())
                .add("Affine2", affine(50, 10))
                .build();
    }

    private static Affine affine(int inputs, int outputs) {
        return new Affine(Tensor.gaussian(RANDOM, Math.sqrt(2.0 / inputs), inputs, outputs), Tensor.zeros(outputs));
    }

    private static Tensor images(int... shape) {
        return Tensor.gaussian(RANDOM, 1, shape).map(Math::abs);
    }
}

import cnnkit.data.Dataset;
import cnnkit.data.Mnist;
import cnnkit.engine.Engine;
import cnnkit.layer.Parameter;
import cnnkit.network.Activation;
import cnnkit.network.DeepConvNet;
import cnnkit.network.LeNet;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.Tensor;
import cnnkit.train.Trainer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * Prints one line for each thing that must come out the same, to the bit, wherever and however it is computed: its name, a
 * tab, the SHA-256 of its numbers. {@code python3 lab.py verify} runs it in several ways and compares with what is published.
 *
 * <p>What is hashed: of weights, for each parameter in the order of the network its name in UTF-8, then its numbers; of scores
 * the numbers alone. A number is its four bytes after IEEE 754, the highest first.
 */
final class SameBits {
    private static final Map<String, LongFunction<Network>> NETWORKS = Map.of(
            "LeNet", LeNet::create, "SimpleConvNet", SimpleConvNet::create, "DeepConvNet", DeepConvNet::create);
    private static final int WAIT_SECONDS = 120;

    private SameBits() {}

    /** The argument: how the description of the engine must begin; the folder of the trained weights. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        waitFor(arguments[0]);
        Path weights = Path.of(arguments[1]);
        Mnist mnist = Mnist.load();
        for (String name : new String[] {"LeNet", "SimpleConvNet", "DeepConvNet"}) {
            say(name + ", initial weights of seed 1", weights(NETWORKS.get(name).apply(1)));
        }
        Network trained = SimpleConvNet.create(1);
        new Trainer(trained, mnist.train().take(20_000)).batchSize(100).seed(1).train(); // one epoch
        say("SimpleConvNet, weights after 200 steps", weights(trained));
        Dataset digits = mnist.test().take(1000);
        for (String name : new String[] {"LeNet", "SimpleConvNet", "DeepConvNet"}) {
            sayScores(name, NETWORKS.get(name).apply(1), weights.resolve(name + ".npz"), digits);
        }
        // What was published for LeNet is of the network of 1998, with the sigmoid and subsampling, which reads badly with
        // these weights; this is the network that they were trained in.
        Network today = LeNet.builder()
                .activation(Activation.RELU)
                .pooling(LeNet.Pooling.MAXIMUM)
                .build(1);
        sayScores("LeNet (ReLU, maximum)", today, weights.resolve("LeNet.npz"), digits);
        Network elastic = DeepConvNet.builder().dropout(0).build(1);
        sayScores("DeepConvNet (without Dropout)", elastic, weights.resolve("DeepConvNetElastic.npz"), digits);
    }

    private static void sayScores(String name, Network network, Path file, Dataset digits) throws IOException {
        network.load(file);
        say(name + ", scores of 1,000 digits", scores(network, digits));
    }

    /** The vector kernel takes over when it is compiled; then all that follows runs on it. */
    private static void waitFor(String engine) throws InterruptedException {
        for (int look = 0; !Engine.describe().startsWith(engine); look++) {
            if (look == 10 * WAIT_SECONDS) {
                throw new IllegalStateException("after " + WAIT_SECONDS + " s the engine is " + Engine.describe()
                        + ", not " + engine + ": the machine is too busy, try again");
            }
            Thread.sleep(100);
        }
    }

    private static void say(String what, MessageDigest sum) {
        System.out.println(what + "\t" + HexFormat.of().formatHex(sum.digest()));
    }

    private static MessageDigest weights(Network network) {
        MessageDigest sum = sha256();
        for (Parameter parameter : network.parameters().values()) {
            sum.update(parameter.name().getBytes(StandardCharsets.UTF_8));
            add(parameter.value(), sum);
        }
        return sum;
    }

    private static MessageDigest scores(Network network, Dataset digits) {
        MessageDigest sum = sha256();
        int[] all = IntStream.range(0, digits.size()).toArray();
        add(network.predict(digits.images(all)), sum);
        return sum;
    }

    private static void add(Tensor numbers, MessageDigest sum) {
        float[] values = numbers.data();
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        sum.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}

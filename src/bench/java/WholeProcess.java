import cnnkit.data.Mnist;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.train.Evaluation;
import cnnkit.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a learner waits for, from the command to the answer: "epoch" trains SimpleConvNet for one epoch and prints its accuracy
 * on the test images in percent; "first" loads trained weights and prints what the first test image shows.
 */
final class WholeProcess {
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[1]);
        Network network = SimpleConvNet.create(1);
        if (arguments[0].equals("epoch")) {
            Mnist mnist = Mnist.load(root.resolve("data/mnist"));
            new Trainer(network, mnist.train()).epochs(1).seed(1).train();
            System.out.println(100 * Evaluation.of(network, mnist.test()).accuracy());
        } else {
            network.load(root.resolve("data/weights/SimpleConvNet.npz"));
            System.out.println(network.predict(Mnist.loadTest(root.resolve("data/mnist")).images(0)).argmax()[0]);
        }
    }
}

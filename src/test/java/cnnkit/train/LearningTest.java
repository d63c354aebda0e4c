package cnnkit.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Mnist;
import cnnkit.layer.Convolution;
import cnnkit.layer.ConvolutionAlgorithm;
import cnnkit.network.Activation;
import cnnkit.network.AlexNet;
import cnnkit.network.DeepConvNet;
import cnnkit.network.LeNet;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Real learning, on a few hundred digits. */
class LearningTest {

    /**
     * Every bit of every weight after three steps on MNIST. Another JDK, processor or way of computing must not change it;
     * who changes the contract of the sums on purpose writes the new number here and says why.
     */
    @Test
    void threeStepsOnMnistEndWithTheseBits() throws IOException {
        Network network = SimpleConvNet.create(1);
        History history = new Trainer(network, Mnist.load().train().take(50))
                .batchSize(20) // three steps, the last with ten images
                .train();
        assertEquals(3, history.steps().size());
        assertEquals("4129455f", Small.checksum(network));
    }

    @Test
    void theNaiveLoopsLearnTheSameBits() throws IOException {
        Network network = SimpleConvNet.create(1);
        ((Convolution) network.layer("Conv1")).use(ConvolutionAlgorithm.naive());
        new Trainer(network, Mnist.load().train().take(50)).batchSize(20).train();
        assertEquals("4129455f", Small.checksum(network));
    }

    /** Likewise for every layer, mask and optimizer that SimpleConvNet and Adam do without. */
    @Test
    void twoStepsOfTheOtherNetworksEndWithTheseBits() throws IOException {
        LearningRate decaying = LearningRate.cosine(0.01, 4);
        Network trained = LeNet.builder().pooling(LeNet.Pooling.TRAINED).build(1);
        assertEquals("bc8bc947", twoSteps(trained, new Momentum(decaying)));
        Network averaged = LeNet.builder()
                .activation(Activation.TANH)
                .pooling(LeNet.Pooling.AVERAGE)
                .build(1);
        assertEquals("2b6b22c8", twoSteps(averaged, new Sgd(LearningRate.stepwise(0.1, 0.5, 1))));
        assertEquals("f32bfb55", twoSteps(LeNet.create(1), new Adam(decaying)));
        assertEquals("c9df9467", twoSteps(DeepConvNet.create(1), new WeightDecay(new Adam(), 0.001)));
        assertEquals("fab3e2e2", twoSteps(AlexNet.small().build(1), new Adam()));
    }

    private static String twoSteps(Network network, Optimizer optimizer) throws IOException {
        new Trainer(network, Mnist.load().train().take(30))
                .batchSize(20)
                .optimizer(optimizer)
                .train();
        return Small.checksum(network);
    }

    @Test
    void smallPicturesAndPlainGradientDescentEndWithTheseBits() {
        Network network = Small.network(5);
        new Trainer(network, Small.pictures(203, 4))
                .batchSize(17)
                .epochs(3)
                .seed(9)
                .optimizer(new Sgd(0.1))
                .train();
        assertEquals("ff506626", Small.checksum(network));
    }

    @Test
    void brightRowsAreToldApart() {
        Network network = Small.network(1);
        History history = new Trainer(network, Small.pictures(400, 1))
                .batchSize(20)
                .epochs(12)
                .optimizer(new Adam(0.01))
                .train();
        assertTrue(history.epochs().get(11).loss() < history.epochs().get(0).loss() / 4, history.toString());
        double accuracy = Evaluation.of(network, Small.pictures(200, 99)).accuracy();
        assertTrue(accuracy > 0.95, "accuracy " + accuracy);
    }

    @Test
    void sixHundredDigitsAreEnoughToReadMostOthers() throws IOException {
        Mnist mnist = Mnist.load();
        Network network = SimpleConvNet.create(1);
        new Trainer(network, mnist.train().take(600)).batchSize(50).epochs(6).train();
        double accuracy =
                Evaluation.of(network, mnist.train().range(55_000, 55_500)).accuracy();
        assertTrue(accuracy > 0.8, "accuracy " + accuracy); // guessing gives 0.1
    }
}

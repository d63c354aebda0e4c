package cnnkit.train;

import cnnkit.data.Mnist;
import cnnkit.engine.Engine;
import cnnkit.network.Activation;
import cnnkit.network.LeNet;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import java.io.IOException;

/** Started by {@link EngineBitsTest}: trains and prints the checksum of all weights. */
final class TrainingInAnotherJvm {
    private TrainingInAnotherJvm() {}

    /**
     * Trains.
     *
     * @param arguments {@code mnist} for 200 steps of the chapter's network, {@code lenet} for 60 of LeNet, {@code tiny} for 3 steps of a small one; then how
     *     the description of the engine must begin before it trains
     * @throws IOException if MNIST is not there
     * @throws InterruptedException if somebody stops it
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Network network;
        if (arguments.length > 1) { // the kernel that must run
            for (int look = 0; look < 600 && !Engine.describe().startsWith(arguments[1]); look++) {
                Thread.sleep(100); // vectors are compiled first
            }
            System.out.println(Engine.describe());
        }
        if (arguments[0].equals("mnist")) {
            network = SimpleConvNet.create(3);
            new Trainer(network, Mnist.load().train().take(4000)).batchSize(20).train();
        } else if (arguments[0].equals("lenet")) {
            network = LeNet.builder()
                    .activation(Activation.RELU)
                    .pooling(LeNet.Pooling.MAXIMUM)
                    .build(3);
            new Trainer(network, Mnist.load().train().take(1200)).batchSize(20).train();
        } else {
            network = Small.network(3);
            new Trainer(network, Small.pictures(30, 4)).batchSize(10).train();
        }
        System.out.println(Small.checksum(network));
    }
}

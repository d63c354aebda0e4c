package cnnkit.train;

import cnnkit.data.Mnist;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import java.io.IOException;

/** Started by {@link EngineBitsTest}: trains and prints the checksum of all weights. */
final class TrainingInAnotherJvm {
    private TrainingInAnotherJvm() {}

    /**
     * Trains.
     *
     * @param arguments {@code mnist} for 200 steps of the chapter's network, {@code tiny} for 3 steps of a small one
     * @throws IOException if MNIST is not there
     */
    public static void main(String[] arguments) throws IOException {
        Network network;
        if (arguments[0].equals("mnist")) {
            network = SimpleConvNet.create(3);
            new Trainer(network, Mnist.load().train().take(4000)).batchSize(20).train();
        } else {
            network = Small.network(3);
            new Trainer(network, Small.pictures(30, 4)).batchSize(10).train();
        }
        System.out.println(Small.checksum(network));
    }
}

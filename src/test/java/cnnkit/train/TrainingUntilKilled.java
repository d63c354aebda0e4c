package cnnkit.train;

import cnnkit.network.Network;
import java.io.IOException;
import java.nio.file.Path;

/** Started by {@link KilledTrainingTest}: goes on with a run and says so after every epoch that is in the file. */
final class TrainingUntilKilled {
    private TrainingUntilKilled() {}

    /** The run, of any number of epochs: three steps of a small network each, then a measurement. */
    static Trainer trainer(Network network) {
        return new Trainer(network, Small.pictures(25, 1)).batchSize(10).validation(Small.pictures(12, 2));
    }

    /**
     * Trains.
     *
     * @param arguments the file, and the number of epochs
     * @throws IOException if the file cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        Network network = Small.network(1);
        int[] told = {-1};
        System.out.println("begins");
        trainer(network)
                .epochs(Integer.parseInt(arguments[1]))
                .listener(progress -> {
                    int epochs = progress.history().epochs().size();
                    if (epochs > told[0]) {
                        told[0] = epochs;
                        System.out.println(epochs);
                    }
                })
                .resume(Path.of(arguments[0]));
        System.out.println(Small.checksum(network));
    }
}

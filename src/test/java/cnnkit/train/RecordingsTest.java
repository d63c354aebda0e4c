package cnnkit.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import cnnkit.data.Dataset;
import cnnkit.network.Network;
import cnnkit.notebook.LiveTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorded training ends as the training did, to the bit; what is another run is trained. */
class RecordingsTest {
    private static final Dataset PICTURES = Small.pictures(30, 1);

    @TempDir
    Path folder;

    @AfterEach
    void asBefore() {
        System.clearProperty("cnnkit.trainings.record");
        System.clearProperty("cnnkit.trainings.replay");
    }

    private static Trainer trainer(Network network) {
        return new Trainer(network, PICTURES).batchSize(10).epochs(2);
    }

    private Network recorded() {
        System.setProperty("cnnkit.trainings.record", folder.toString());
        Network network = Small.network(1);
        trainer(network).train();
        System.clearProperty("cnnkit.trainings.record");
        System.setProperty("cnnkit.trainings.replay", folder.toString());
        return network;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void itIsTakenAndNotTrainedAgain() throws IOException {
        Network trained = recorded();
        List<Integer> told = new ArrayList<>();
        Network replayed = Small.network(1);
        Trainer again = trainer(replayed).listener((Progress.Display) progress -> told.add(progress.step()));
        assertEquals(6, again.train().steps().size());
        assertEquals(Small.checksum(trained), Small.checksum(replayed));
        assertEquals(List.of(6), told);

        // And it can be gone on with, as the first could.
        Network longer = Small.network(1);
        trainer(longer).epochs(3).train();
        again.epochs(3).resume();
        assertEquals(Small.checksum(longer), Small.checksum(replayed));
    }

    @Test
    void anyOtherRunIsTrained() throws IOException {
        recorded();
        for (Trainer other : List.of(
                trainer(Small.network(2)),
                trainer(Small.network(1)).seed(2),
                trainer(Small.network(1)).epochs(1),
                trainer(Small.network(1)).optimizer(new Sgd(0.1)),
                new Trainer(Small.network(1), Small.pictures(20, 1))
                        .batchSize(10)
                        .epochs(2))) {
            List<Integer> told = new ArrayList<>();
            other.listener((Progress.Display) progress -> told.add(progress.step()))
                    .train();
            assertNotEquals(1, told.size());
        }
        assertEquals(1, files().size());
    }

    @Test
    void whoeverLooksAtTheStepsGetsThemAll() {
        recorded();
        List<Integer> told = new ArrayList<>();
        trainer(Small.network(1))
                .listener(progress -> told.add(progress.step()))
                .train();
        assertEquals(List.of(1, 2, 3, 3, 4, 5, 6, 6, 6), told);
    }

    @Test
    void nothingIsRecordedWhereNobodyAsks() throws IOException {
        trainer(Small.network(1)).listener(new LiveTraining()).train();
        assertEquals(List.of(), files());
    }
}

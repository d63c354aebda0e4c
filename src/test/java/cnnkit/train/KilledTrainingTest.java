package cnnkit.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.network.Network;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training run in a JVM of its own is killed (kill -9) again and again, at any moment: while it computes, while it writes,
 * before its first epoch. {@code -Dcnnkit.kills=200} does so more often.
 */
class KilledTrainingTest {
    private static final int KILLS = Integer.getInteger("cnnkit.kills", 12);
    private static final int FOR_EVER = 100_000_000;

    @TempDir
    Path folder;

    @Test
    void aRunThatIsKilledManyTimesEndsAsOneThatWasNot() throws Exception {
        Path file = folder.resolve("run.npz");
        Random random = new Random(1);
        int saved = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int told = killed(file, kill < 2 ? 0 : 1 + random.nextInt(3), random.nextInt(20_000_000));
            // The file is whole, and has every epoch that was told of; and epochs only, nothing half done.
            int before = saved;
            saved = Files.exists(file) ? epochsIn(file) : 0;
            assertTrue(saved >= Math.max(before, told), saved + " epochs in the file, " + told + " told, kill " + kill);
        }
        assertTrue(saved > 0);

        int epochs = saved + 3;
        Process last = start(file, epochs);
        String[] said = new String(last.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n");
        assertEquals(0, last.waitFor());
        assertEquals("" + saved, said[1].strip()); // it began where the file ended

        Network never = Small.network(1);
        History whole = TrainingUntilKilled.trainer(never).epochs(epochs).train();
        assertEquals(Small.checksum(never), said[said.length - 1].strip());
        History history = Checkpoint.read(file).history();
        assertEquals(whole.steps(), history.steps());
        assertEquals(Small.untimed(whole), Small.untimed(history));
        try (var entries = Files.list(folder)) {
            assertEquals(List.of(file), entries.toList()); // what was half written is gone
        }
    }

    private static int epochsIn(Path file) throws IOException {
        History history = Checkpoint.read(file).history();
        assertEquals(3 * history.epochs().size(), history.steps().size());
        return history.epochs().size();
    }

    /** Kills a run so many nanoseconds after it told of so many new epochs; returns the last epoch it told of. */
    private static int killed(Path file, int epochs, long nanos) throws Exception {
        Process process = start(file, FOR_EVER);
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("begins", said.readLine());
            int told = 0;
            for (int i = 0; i <= epochs && epochs > 0; i++) { // the first line is what was in the file
                told = Integer.parseInt(said.readLine());
            }
            TimeUnit.NANOSECONDS.sleep(nanos);
            process.toHandle().destroyForcibly(); // kill -9; process.destroyForcibly() would close what it has said
            for (String line = said.readLine(); line != null && !line.isEmpty(); line = said.readLine()) {
                told = Math.max(told, Integer.parseInt(line));
            }
            assertTrue(process.waitFor() != 0, "it was killed, it did not end");
            return told;
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(Path file, int epochs) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1", // starts sooner
                        "-Dcnnkit.threads=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrainingUntilKilled.class.getName(),
                        file.toString(),
                        "" + epochs)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}

import cnnkit.data.Dataset;
import cnnkit.data.Mnist;
import cnnkit.io.AtomicFile;
import cnnkit.network.Network;
import cnnkit.tensor.Text;
import cnnkit.train.Adam;
import cnnkit.train.Evaluation;
import cnnkit.train.History;
import cnnkit.train.LearningRate;
import cnnkit.train.Trainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Trains networks on all 60,000 digits, each with several seeds, and records every epoch. A seed decides the initial
 * weights and the order of the images; Adam with the rate 0.001 and batches of 100, as in the book. No choice is made on
 * the way, so nothing is held out; the test images are read once for each run, after the last epoch.
 *
 * <p>A run is kept in {@code target/experiments/NAME} after every epoch: whatever ends the program, started again it goes
 * on from there. The record is written anew after every run and holds all that are finished.
 */
final class Runs {
    private static final int BATCH = 100;
    private static final double RATE = 0.001;
    private static final String HEAD = "recipe,seed,epoch,loss,training accuracy,test accuracy,epochs,batch,optimizer,version\n";

    private record Recipe(LongFunction<Network> network, boolean decaying) {}

    private final String name;
    private final int epochs;
    private final int seeds;
    private final Mnist mnist = Mnist.load();
    private final Path kept;
    private final Map<String, Recipe> recipes = new LinkedHashMap<>();

    /** A record, {@code data/experiments/NAME.csv}, of this many epochs for each seed from 1. */
    Runs(String name, int epochs, int seeds) throws IOException {
        this.name = name;
        this.epochs = epochs;
        this.seeds = seeds;
        kept = Path.of("target/experiments", name);
    }

    /** A network to train with the same learning rate at all steps. */
    Runs constantRate(String recipe, LongFunction<Network> network) {
        recipes.put(recipe, new Recipe(network, false));
        return this;
    }

    /** A network to train with a learning rate that decays along a cosine, almost to 0 at the last step. */
    Runs decayingRate(String recipe, LongFunction<Network> network) {
        recipes.put(recipe, new Recipe(network, true));
        return this;
    }

    /** Makes the runs whose names, such as {@code decaying rate 3}, begin with one of these words; without a word, all. */
    void record(String... beginnings) throws IOException {
        Files.createDirectories(kept);
        for (String recipe : recipes.keySet()) {
            for (int seed = 1; seed <= seeds; seed++) {
                String run = recipe + " " + seed;
                if (beginnings.length == 0 || Arrays.stream(beginnings).anyMatch(run::startsWith)) {
                    write(rows(run), train(recipe, seed));
                    write(Path.of("data/experiments", name + ".csv"), finished());
                }
            }
        }
    }

    private String train(String recipe, int seed) throws IOException {
        String run = recipe + " " + seed;
        Dataset images = mnist.train();
        int steps = epochs * images.size() / BATCH;
        boolean decaying = recipes.get(recipe).decaying();
        Adam adam = new Adam(decaying ? LearningRate.cosine(RATE, steps) : LearningRate.constant(RATE));
        Network network = recipes.get(recipe).network().apply(seed);
        Trainer trainer = new Trainer(network, images).epochs(epochs).batchSize(BATCH).optimizer(adam).seed(seed);
        History history = trainer.resume(kept.resolve(run + ".npz"));
        Evaluation evaluation = Evaluation.of(network, mnist.test());
        System.out.println(run + ": " + evaluation);
        StringBuilder rows = new StringBuilder();
        for (History.Epoch epoch : history.epochs()) {
            String test = epoch.epoch() == epochs ? "" + evaluation.accuracy() : "";
            rows.append(Text.of("%s,%d,%d,%s,%s,%s,%d,%d,%s,%s\n",
                    recipe, seed, epoch.epoch(), epoch.loss(), epoch.accuracy(), test,
                    epochs, BATCH, adam, Trainer.class.getPackage().getImplementationVersion()));
        }
        return rows.toString();
    }

    /** The rows of all runs that are finished, in order. */
    private String finished() throws IOException {
        StringBuilder record = new StringBuilder(HEAD);
        for (String recipe : recipes.keySet()) {
            for (int seed = 1; seed <= seeds; seed++) {
                Path rows = rows(recipe + " " + seed);
                record.append(Files.exists(rows) ? Files.readString(rows) : "");
            }
        }
        return record.toString();
    }

    private Path rows(String run) {
        return kept.resolve(run + ".csv");
    }

    private static void write(Path file, String text) throws IOException {
        AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}

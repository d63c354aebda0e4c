import cnnkit.data.Mnist;
import cnnkit.data.Split;
import cnnkit.io.AtomicFile;
import cnnkit.network.DeepConvNet;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.Text;
import cnnkit.train.Adam;
import cnnkit.train.Evaluation;
import cnnkit.train.History;
import cnnkit.train.LearningRate;
import cnnkit.train.Trainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.LongFunction;

/**
 * Section 7.9: how far a short training takes us. Three recipes, each with a fixed number of epochs over the 55,000 images
 * of {@link cnnkit.data.Dataset#split()}, batches of 100, three seeds; a seed decides the initial weights and the order of
 * the images. The recipes were fixed before these runs; the test images are read once for each run, after the last
 * epoch. Run with {@code python3 lab.py experiments CraftOfTraining}; about five minutes on two cores.
 */
final class CraftOfTraining {
    private static final int SEEDS = 3;
    private static final int BATCH = 100;

    private record Recipe(LongFunction<Network> network, IntFunction<LearningRate> rate, int epochs) {}

    public static void main(String[] arguments) throws IOException {
        Map<String, Recipe> recipes = new LinkedHashMap<>();
        recipes.put("as in the book", new Recipe(SimpleConvNet::create, steps -> LearningRate.constant(0.001), 3));
        recipes.put("15 seconds", new Recipe(
                seed -> SimpleConvNet.builder().weightStd(0.05).build(seed), steps -> LearningRate.cosine(0.004, steps), 3));
        recipes.put("60 seconds", new Recipe(
                seed -> DeepConvNet.builder().dropout(0).build(seed), steps -> LearningRate.cosine(0.003, steps), 2));
        StringBuilder csv = new StringBuilder(
                "recipe,seed,epoch,loss,training accuracy,validation accuracy,test accuracy,epochs,batch,optimizer,version\n");
        Mnist mnist = Mnist.load();
        for (var recipe : recipes.entrySet()) {
            for (int seed = 1; seed <= SEEDS; seed++) {
                csv.append(run(mnist, recipe.getKey(), recipe.getValue(), seed));
                AtomicFile.write(
                        Path.of("data/experiments/CraftOfTraining.csv"), csv.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** One run: a line per epoch, the test accuracy in the last one. */
    private static String run(Mnist mnist, String name, Recipe recipe, long seed) {
        Split split = mnist.train().split();
        Adam adam = new Adam(recipe.rate().apply(recipe.epochs() * split.train().size() / BATCH));
        Network network = recipe.network().apply(seed);
        History history = new Trainer(network, split.train())
                .validation(split.validation())
                .optimizer(adam)
                .batchSize(BATCH)
                .epochs(recipe.epochs())
                .seed(seed)
                .train();
        Evaluation evaluation = Evaluation.of(network, mnist.test());
        System.out.println(name + ", seed " + seed + ": " + evaluation);
        StringBuilder lines = new StringBuilder();
        for (History.Epoch epoch : history.epochs()) {
            lines.append(Text.of("%s,%d,%d,%s,%s,%s,%s,%d,%d,%s,%s\n",
                    name,
                    seed,
                    epoch.epoch(),
                    epoch.loss(),
                    epoch.accuracy(),
                    epoch.validationAccuracy(),
                    epoch.epoch() == recipe.epochs() ? "" + evaluation.accuracy() : "",
                    recipe.epochs(),
                    BATCH,
                    adam,
                    Trainer.class.getPackage().getImplementationVersion()));
        }
        return lines.toString();
    }
}

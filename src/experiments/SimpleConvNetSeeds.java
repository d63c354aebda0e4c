import cnnkit.data.Mnist;
import cnnkit.io.AtomicFile;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.Text;
import cnnkit.train.Evaluation;
import cnnkit.train.History;
import cnnkit.train.Trainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Section 7.5, several times: SimpleConvNet with the book's settings, on all 60,000 training images, for five seeds. A
 * seed decides the initial weights and the order of the images. Run with {@code python3 lab.py experiments
 * SimpleConvNetSeeds}; about five minutes.
 *
 * <p>Each line is the mean of 100 steps. The test images are read once for each seed, after the last step; which digit was
 * taken for which is recorded in SimpleConvNetMistakes.csv.
 */
final class SimpleConvNetSeeds {
    private static final int SEEDS = 5;
    private static final int EPOCHS = 3;
    private static final int STEPS_A_LINE = 100;

    public static void main(String[] arguments) throws IOException {
        Mnist mnist = Mnist.load();
        StringBuilder csv = new StringBuilder("seed,step,loss,training accuracy,test accuracy,epochs,batch,optimizer,version\n");
        StringBuilder mistakes = new StringBuilder("seed,digit,taken for,count\n");
        for (int seed = 1; seed <= SEEDS; seed++) {
            Network network = SimpleConvNet.create(seed);
            History history = new Trainer(network, mnist.train()).epochs(EPOCHS).seed(seed).train();
            Evaluation evaluation = Evaluation.of(network, mnist.test());
            List<History.Step> steps = history.steps();
            for (int end = STEPS_A_LINE; end <= steps.size(); end += STEPS_A_LINE) {
                List<History.Step> line = steps.subList(end - STEPS_A_LINE, end);
                csv.append(Text.of("%d,%d,%s,%s,%s,%d,100,Adam(0.001),%s\n",
                        seed,
                        end,
                        line.stream().mapToDouble(History.Step::loss).average().orElseThrow(),
                        line.stream().mapToDouble(History.Step::accuracy).average().orElseThrow(),
                        end == steps.size() ? evaluation.accuracy() : "",
                        EPOCHS,
                        Trainer.class.getPackage().getImplementationVersion()));
            }
            int[][] confusion = evaluation.confusion();
            for (int digit = 0; digit < confusion.length; digit++) {
                for (int other = 0; other < confusion.length; other++) {
                    if (other != digit) {
                        mistakes.append(Text.of("%d,%d,%d,%d\n", seed, digit, other, confusion[digit][other]));
                    }
                }
            }
            System.out.println("seed " + seed + ": " + evaluation);
        }
        write("SimpleConvNetSeeds.csv", csv);
        write("SimpleConvNetMistakes.csv", mistakes);
    }

    private static void write(String name, StringBuilder csv) throws IOException {
        AtomicFile.write(Path.of("data/experiments", name), csv.toString().getBytes(StandardCharsets.UTF_8));
    }
}

package cnnkit.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Mnist;
import cnnkit.data.Split;
import cnnkit.network.SimpleConvNet;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** What data/experiments/CraftOfTraining.csv holds is what a run gives: here one epoch of 55,000 digits. */
@Tag("once")
class CraftOfTrainingRecordTest {
    private static Table record(String recipe) {
        Table all = RecordsTest.record("CraftOfTraining");
        return all.where(all.stringColumn("recipe").isEqualTo(recipe));
    }

    @Test
    void theFirstEpochOfTheRecipeOf15SecondsComesOutAgainToTheLastBit() throws IOException {
        Row row = record("15 seconds").iterator().next();
        assertEquals(1, row.getInt("seed"));
        assertEquals(1, row.getInt("epoch"));
        Split split = Mnist.load().train().split();
        int steps = row.getInt("epochs") * split.train().size() / row.getInt("batch");
        Adam adam = new Adam(LearningRate.cosine(0.004, steps));
        assertEquals(row.getString("optimizer"), adam.toString());
        History.Epoch epoch = new Trainer(
                        SimpleConvNet.builder().weightStd(0.05).build(1), split.train())
                .validation(split.validation())
                .optimizer(adam)
                .batchSize(row.getInt("batch"))
                .seed(1)
                .train()
                .epochs()
                .get(0);
        assertEquals(row.getDouble("loss"), epoch.loss());
        assertEquals(row.getDouble("training accuracy"), epoch.accuracy());
        assertEquals(row.getDouble("validation accuracy"), epoch.validationAccuracy());
    }

    @Test
    void threeEpochsOfTheRecipeMakeFewerErrorsThanThreeAsInTheBook() {
        double[] quick = tests("15 seconds"), book = tests("as in the book");
        assertEquals(3, quick.length);
        assertTrue(Interval.ofDifference(quick, book).isAbove(0));
    }

    /** The accuracy on the test images after the last epoch, a number for each seed. */
    private static double[] tests(String recipe) {
        Table rows = record(recipe);
        return rows.where(rows.intColumn("epoch").isEqualTo(rows.intColumn("epochs")))
                .doubleColumn("test accuracy")
                .asDoubleArray();
    }
}

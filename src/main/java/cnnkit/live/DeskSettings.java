package cnnkit.live;

import cnnkit.tensor.Text;
import cnnkit.train.Adam;
import cnnkit.train.Momentum;
import cnnkit.train.Optimizer;
import cnnkit.train.Sgd;
import java.util.List;
import java.util.Map;

/**
 * How a desk trains: which of the choices below, each by its number.
 *
 * @param optimizer of {@link #OPTIMIZERS}
 * @param rate of {@link #RATES}
 * @param batch of {@link #BATCHES}
 */
record DeskSettings(int optimizer, int rate, int batch) {
    static final List<String> OPTIMIZERS = List.of("Sgd", "Momentum", "Adam");

    static final List<String> RATES = List.of(
            "0.0001", "0.0002", "0.0005", "0.001", "0.002", "0.005", "0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1",
            "2", "5", "10");

    static final List<Integer> BATCHES = List.of(1, 2, 5, 10, 20, 50, 100, 200);

    /** Those of the book: Adam with 0.001, batches of 100. */
    static final DeskSettings BOOK = of("Adam", "0.001", 100);

    /** The settings of these names. */
    static DeskSettings of(String optimizer, String rate, int batch) {
        return new DeskSettings(OPTIMIZERS.indexOf(optimizer), RATES.indexOf(rate), BATCHES.indexOf(batch));
    }

    /** What a page has chosen. */
    static DeskSettings of(Question question) {
        return new DeskSettings(
                question.index("optimizer", OPTIMIZERS.size()),
                question.index("rate", RATES.size()),
                question.index("batch", BATCHES.size()));
    }

    /** The choices, for a page. */
    static Map<String, ?> choices() {
        List<String> batches =
                BATCHES.stream().map(size -> Text.of("%,d", size)).toList();
        return Map.of("optimizer", OPTIMIZERS, "rate", RATES, "batch", batches);
    }

    Map<String, ?> numbers() {
        return Map.of("optimizer", optimizer, "rate", rate, "batch", batch);
    }

    String rateText() {
        return RATES.get(rate);
    }

    int batchSize() {
        return BATCHES.get(batch);
    }

    /** A new optimizer that remembers nothing yet. */
    Optimizer newOptimizer() {
        double learningRate = Double.parseDouble(rateText());
        return switch (OPTIMIZERS.get(optimizer)) {
            case "Sgd" -> new Sgd(learningRate);
            case "Momentum" -> new Momentum(learningRate);
            default -> new Adam(learningRate);
        };
    }

    /** In words, for a table. */
    List<String> cells() {
        return List.of(OPTIMIZERS.get(optimizer), rateText(), "" + batchSize());
    }
}

package cnnkit.homework;

import cnnkit.data.Split;
import cnnkit.layer.Parameter;
import cnnkit.network.Network;
import cnnkit.network.Summary;
import cnnkit.tensor.Text;
import cnnkit.train.Adam;
import cnnkit.train.DivergedException;
import cnnkit.train.Evaluation;
import cnnkit.train.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.stream.IntStream;

/** Counts what a network costs, trains it, and reads its accuracy on images that it has not seen. */
final class NetworkExamination {
    private static final double RATE = 0.001;
    private static final int BATCH = 100;
    private static final long SEED = 1;

    /** Networks that were trained here, while they last. */
    private static final Map<Network, Trained> TRAINED = Collections.synchronizedMap(new WeakHashMap<>());

    /** The values of all parameters before a training and after it. */
    private record Trained(List<float[]> before, List<float[]> after) {}

    private NetworkExamination() {}

    /**
     * A network that was trained here, and by nobody else since, begins once more where it began: else a second check would go on
     * training it, and pass what it has not reached in time. Afterwards it is a trained one, which a learner may look into.
     */
    static Report of(Network yours, Budget budget, Split images) {
        Trained former = TRAINED.get(yours);
        if (former != null && areSame(former.after, values(yours))) {
            putBack(former.before, yours);
        }
        List<float[]> before = values(yours);
        try {
            return judge(yours, budget, images);
        } finally { // also where the stop button ended it
            TRAINED.put(yours, new Trained(before, values(yours)));
        }
    }

    private static List<float[]> values(Network network) {
        return network.parameters().values().stream()
                .map(parameter -> parameter.value().data().clone())
                .toList();
    }

    private static boolean areSame(List<float[]> some, List<float[]> others) {
        return IntStream.range(0, some.size()).allMatch(i -> Arrays.equals(some.get(i), others.get(i)));
    }

    private static void putBack(List<float[]> values, Network network) {
        int number = 0;
        for (Parameter parameter : network.parameters().values()) {
            System.arraycopy(
                    values.get(number),
                    0,
                    parameter.value().data(),
                    0,
                    parameter.value().length());
            number++;
        }
    }

    private static Report judge(Network yours, Budget budget, Split images) {
        Summary summary = yours.summary();
        Map<String, Boolean> parts = new LinkedHashMap<>();
        List<Finding> findings = new ArrayList<>();
        boolean small = summary.parameters() <= budget.parameters();
        parts.put(Text.of("parameters"), small);
        findings.add(say(
                Text.of("parameters"), small, Text.of("%,d, at most %,d", summary.parameters(), budget.parameters())));
        if (budget.multiplyAdds() < Long.MAX_VALUE) {
            boolean cheap = summary.multiplyAdds() <= budget.multiplyAdds();
            parts.put(Text.of("multiply-adds"), cheap);
            findings.add(say(
                    Text.of("multiply-adds"),
                    cheap,
                    Text.of("%,d for one image, at most %,d", summary.multiplyAdds(), budget.multiplyAdds())));
        }
        boolean good = false;
        try {
            new Trainer(yours, images.train())
                    .optimizer(new Adam(RATE))
                    .batchSize(BATCH)
                    .epochs(budget.epochs())
                    .seed(SEED)
                    .train();
            Evaluation evaluation = Evaluation.of(yours, images.validation());
            good = evaluation.accuracy() >= budget.accuracy();
            findings.add(say(
                    Text.of("accuracy"),
                    good,
                    Text.of(
                            "%s on %,d validation images after %d epochs, at least %.1f %%",
                            evaluation.interval().percent(),
                            images.validation().size(),
                            budget.epochs(),
                            100 * budget.accuracy())));
        } catch (DivergedException e) {
            findings.add(say(Text.of("accuracy"), false, Text.of("it does not learn: %s", e.getMessage())));
        } catch (RuntimeException | Error e) {
            if (e instanceof java.util.concurrent.CancellationException) {
                throw e;
            }
            findings.add(Finding.thrown(Text.of("accuracy"), e));
        }
        parts.put(Text.of("accuracy"), good);
        return new Report("the network", parts, findings, Optional.empty());
    }

    private static Finding say(String part, boolean right, String words) {
        return right ? Finding.remark(part, words) : Finding.wrong(part, List.of(), words, "");
    }
}

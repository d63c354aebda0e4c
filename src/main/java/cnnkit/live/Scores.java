package cnnkit.live;

import cnnkit.plot.card.Numbers;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a network thinks of a digit: the probability of each class. */
record Scores(float[] probabilities) {
    /** What a page needs to draw bars, added to its answer. */
    void addTo(Map<String, Object> answer) {
        List<Map<String, Object>> scores = new ArrayList<>();
        for (float probability : probabilities) {
            double share = Double.isFinite(probability) ? probability : 0;
            scores.add(Map.of("text", percent(probability), "share", Text.of("%.4f", share)));
        }
        answer.put("scores", scores);
        answer.put("best", best());
        answer.put("said", said());
    }

    int best() {
        return Tensor.of(probabilities, 1, probabilities.length).argmax()[0];
    }

    String said() {
        return Text.of("The network reads a %d (%s)", best(), percent(probabilities[best()]));
    }

    static String percent(double share) {
        return Numbers.text(100 * share, 1) + " %";
    }
}

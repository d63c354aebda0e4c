package cnnkit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.plot.Figure;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages of a page, as a kernel hands them over; each kernel has classes of its own for them. */
abstract class CommTests {
    /** What the kernel has sent to the page: its socket is a list. */
    final List<String> sent = new ArrayList<>();

    /** The page opens a comm with this message, to a kernel that has two panels. */
    abstract void open(String text) throws Exception;

    /** A later message. */
    abstract void say(String text);

    static JsonObject json(String text) {
        return new Gson().fromJson(text, JsonObject.class);
    }

    static Kernel kernelWithTwoPanels() {
        Kernel kernel = new Kernel("k 1");
        Figure still = Figure.of(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), "a still picture");
        kernel.panels().add(new Panel(still, "", question -> Map.of("x", question.index("x", 9))));
        kernel.panels().add(new Panel(still, "", question -> Map.of("x", Double.NaN)));
        return kernel;
    }

    @Test
    void theMessageThatOpensACommIsAnsweredAndThoseAfterIt() throws Exception {
        open("{'kernel': 'k 1', 'panel': 1, 'n': 1, 'ask': {'x': 3}}");
        say("{'kernel': 'k 1', 'panel': 1, 'n': 2, 'ask': {'x': 9}}");
        assertEquals(
                List.of(
                        "c {\"n\":1.0,\"answer\":{\"x\":3}}",
                        "c {\"n\":2.0,\"error\":\"expected \\\"x\\\" from 0 to 8 but the page gave 9.0\"}"),
                sent);
    }

    @Test
    void anAnswerThatJsonHasNoLettersForIsAnErrorOnThePage() throws Exception {
        open("{'kernel': 'k 1', 'panel': 2, 'n': 1, 'ask': {}}");
        assertEquals(1, sent.size());
        assertTrue(sent.get(0).matches("c \\{.*\"error\":\".*NaN is not a valid double.*"), sent.get(0));
    }

    @Test
    void whatIsNoQuestionAtAllIsAnsweredToo() throws Exception {
        open("{}");
        say("{'n': [1], 'panel': {}, 'ask': 'x', 'kernel': null}");
        assertEquals(List.of("c {\"n\":0,\"gone\":true}", "c {\"n\":0,\"gone\":true}"), sent);
    }
}

package cnnkit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.plot.Figure;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.kernel.comm.CommManager;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.comm.CommMsgCommand;
import io.github.spencerpark.jupyter.messages.comm.CommOpenCommand;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages of a page, as IJava hands them over. */
class IJavaCommTest {
    private final List<String> sent = new ArrayList<>();

    /** Its socket is a list. */
    private final CommManager comms = new CommManager() {
        @Override
        public void messageComm(String id, JsonObject data) {
            sent.add(id + " " + data);
        }
    };

    private static JsonObject json(String text) {
        return new Gson().fromJson(text, JsonObject.class);
    }

    private IJavaComm opened(String text) throws Exception {
        Kernel kernel = new Kernel("k 1");
        Figure still = Figure.of(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), "a still picture");
        kernel.panels().add(new Panel(still, "", question -> Map.of("x", question.index("x", 9))));
        kernel.panels().add(new Panel(still, "", question -> Map.of("x", Double.NaN)));
        kernel.listenTo(comms);
        Message<CommOpenCommand> open =
                new Message<>((Header<CommOpenCommand>) null, new CommOpenCommand("c", Kernel.TARGET, json(text)));
        return (IJavaComm) comms.getTarget(Kernel.TARGET).createComm(comms, "c", Kernel.TARGET, open);
    }

    private static Message<CommMsgCommand> message(String text) {
        return new Message<>((Header<CommMsgCommand>) null, new CommMsgCommand("c", json(text)));
    }

    @Test
    void theMessageThatOpensACommIsAnsweredAndThoseAfterIt() throws Exception {
        IJavaComm comm = opened("{'kernel': 'k 1', 'panel': 1, 'n': 1, 'ask': {'x': 3}}");
        comm.onMessage(message("{'kernel': 'k 1', 'panel': 1, 'n': 2, 'ask': {'x': 9}}"));
        assertEquals(
                List.of(
                        "c {\"n\":1.0,\"answer\":{\"x\":3}}",
                        "c {\"n\":2.0,\"error\":\"expected \\\"x\\\" from 0 to 8 but the page gave 9.0\"}"),
                sent);
    }

    @Test
    void anAnswerThatJsonHasNoLettersForIsAnErrorOnThePage() throws Exception {
        opened("{'kernel': 'k 1', 'panel': 2, 'n': 1, 'ask': {}}");
        assertEquals(1, sent.size());
        assertTrue(sent.get(0).matches("c \\{.*\"error\":\".*NaN is not a valid double.*"), sent.get(0));
    }

    @Test
    void whatIsNoQuestionAtAllIsAnsweredToo() throws Exception {
        opened("{}").onMessage(message("{'n': [1], 'panel': {}, 'ask': 'x', 'kernel': null}"));
        assertEquals(List.of("c {\"n\":0,\"gone\":true}", "c {\"n\":0,\"gone\":true}"), sent);
    }
}

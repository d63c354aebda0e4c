package cnnkit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.plot.Figure;
import cnnkit.tensor.Tensor;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The door to the panels: whatever a page sends, an answer comes back, and nothing is thrown. */
class PanelsTest {
    private static final String HERE = "kernel-id 17";
    private static final Figure STILL =
            Figure.of(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "a still picture");

    private final Panels panels = new Panels();

    private int shown(Live.Answers answers) {
        return panels.add(new Panel(STILL, "root.textContent = 1", answers));
    }

    private static Map<String, Object> message(Object panel, Object ask) {
        Map<String, Object> message = new HashMap<>();
        message.put("kernel", HERE);
        message.put("panel", panel);
        message.put("n", 7);
        message.put("ask", ask);
        return message;
    }

    @Test
    void aQuestionIsAnsweredUnderItsNumber() {
        int panel = shown(question -> Map.of("twice", 2 * question.index("x", 10)));
        Map<String, Object> reply = panels.answer(message(panel, Map.of("x", 4.0)), HERE);
        assertEquals(Map.of("n", 7, "answer", Map.of("twice", 8)), reply);
    }

    /** A page that heard nothing for a while asks again; a picture must not be saved twice. */
    @Test
    void whatAPageAsksTwiceIsDoneOnce() {
        List<Integer> done = new ArrayList<>();
        int panel = shown(question -> {
            done.add(1);
            return Map.of("count", done.size());
        });
        Map<String, Object> message = message(panel, Map.of());
        message.put("page", "one page");
        Map<String, Object> first = panels.answer(message, HERE);
        assertEquals(first, panels.answer(message, HERE));
        assertEquals(1, done.size());
        message.put("n", 8);
        assertEquals(Map.of("count", 2), panels.answer(message, HERE).get("answer"));
        message.put("page", "another page");
        assertEquals(Map.of("count", 3), panels.answer(message, HERE).get("answer"));
    }

    @Test
    void whoGreetsAPanelGetsItsScriptAndItsStyle() {
        Map<String, Object> message = message(shown(question -> Map.of()), null);
        message.put("hello", true);
        Map<?, ?> greeting = (Map<?, ?>) panels.answer(message, HERE).get("answer");
        assertEquals("root.textContent = 1", greeting.get("script"));
        assertTrue(greeting.get("style").toString().startsWith(".cnnkit-live {"));
    }

    @Test
    void whoAsksAnotherRunOfTheKernelOrAnUnknownPanelIsTold() {
        int panel = shown(question -> Map.of());
        assertEquals(
                true, panels.answer(message(panel, Map.of()), "kernel-id 18").get("gone"));
        assertEquals(true, panels.answer(message(panel + 1, Map.of()), HERE).get("gone"));
        assertNull(panels.answer(message(panel, Map.of()), HERE).get("gone"));
    }

    @Test
    void anErrorOfAnyKindBecomesWords() {
        int exception = shown(question -> {
            throw new java.io.IOException("the disk is full");
        });
        int error = shown(question -> {
            throw new StackOverflowError();
        });
        assertEquals(
                "the disk is full",
                panels.answer(message(exception, Map.of()), HERE).get("error"));
        assertEquals(
                "java.lang.StackOverflowError",
                panels.answer(message(error, Map.of()), HERE).get("error"));
    }

    @Test
    void aHugeQuestionIsRefused() {
        int panel = shown(question -> Map.of("length", question.text("text").length()));
        String huge = "x".repeat(2_000_001);
        assertEquals(
                "a question may have 2,000,000 letters but the page gave 2,000,001",
                panels.answer(message(panel, Map.of("text", huge)), HERE).get("error"));
    }

    @Test
    void onlyTheLatestHundredPanelsAreKept() {
        int first = shown(question -> Map.of());
        int last = first;
        for (int i = 0; i < 100; i++) {
            last = shown(question -> Map.of());
        }
        assertEquals(true, panels.answer(message(first, Map.of()), HERE).get("gone"));
        assertNull(panels.answer(message(last, Map.of()), HERE).get("gone"));
    }

    /** 10,000 messages, half of them nearly right; seeded, so a failure comes again. */
    @Test
    void noMessageGetsThroughToTheKernel() throws ReflectiveOperationException {
        Network network = SimpleConvNet.builder()
                .input(1, 8, 8)
                .filters(2)
                .hidden(4)
                .classes(3)
                .build(1);
        Explorer explorer = Explorer.of(network).image(Tensor.gaussian(new Random(2), 1, 1, 8, 8));
        int panel = shown(explorer::answer);
        Random random = new Random(3);
        int answered = 0, refused = 0;
        for (int i = 0; i < 10_000; i++) {
            Map<String, Object> message = message(random.nextInt(4) == 0 ? anything(random, 3) : panel, ask(random));
            if (random.nextInt(10) == 0) {
                message.put(random.nextBoolean() ? "n" : "kernel", anything(random, 2));
            }
            Map<String, Object> reply = panels.answer(message, HERE);
            assertTrue(reply.containsKey("n"), "reply " + i);
            assertEquals(
                    1, reply.keySet().stream().filter(key -> !key.equals("n")).count(), "one outcome " + i);
            Object json = Json.of(JsonObject.class, reply);
            assertFalse(json.toString().isEmpty());
            answered += reply.containsKey("answer") ? 1 : 0;
            refused += reply.containsKey("error") ? 1 : 0;
        }
        assertTrue(answered > 1_000 && refused > 1_000, answered + " answered, " + refused + " refused");
    }

    private static Object ask(Random random) {
        if (random.nextInt(5) == 0) {
            return anything(random, 3);
        }
        Map<String, Object> ask = new HashMap<>();
        ask.put("what", random.nextInt(8) == 0 ? anything(random, 1) : random.nextBoolean() ? "unit" : "open");
        for (String name : List.of("sheet", "map", "row", "column", "channel")) {
            ask.put(name, random.nextInt(20) == 0 ? anything(random, 2) : (Object) (double) random.nextInt(3));
        }
        return ask;
    }

    private static Object anything(Random random, int depth) {
        switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0:
                return null;
            case 1:
                return random.nextBoolean();
            case 2:
                return new double[] {Double.NaN, -1, 1e300, 0.5, Double.POSITIVE_INFINITY, 3}[random.nextInt(6)];
            case 3:
                return random.nextInt();
            case 4:
                return "\u0000</script>%s" + random.nextInt();
            case 5:
                return "x".repeat(random.nextInt(1_000));
            case 6:
                return "";
            case 7:
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(anything(random, depth - 1));
                }
                return list;
            default:
                Map<Object, Object> map = new HashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put("key " + i, anything(random, depth - 1));
                }
                return map;
        }
    }

    @Test
    void whatThePageSentIsReadAsMaps() throws ReflectiveOperationException {
        JsonObject object = new JsonObject();
        object.addProperty("x", 1.5);
        assertEquals(Map.of("x", 1.5), Json.map(object));
    }

    @Test
    void jsonIsTheSameInEveryCountry() throws ReflectiveOperationException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            Object json = Json.of(JsonObject.class, Map.of("x", List.of(1234.5, 1_000_000), "b", new byte[] {1, 2}));
            assertEquals(
                    new Gson().fromJson("{\"x\":[1234.5,1000000],\"b\":\"AQI=\"}", JsonObject.class),
                    new Gson().fromJson(json.toString(), JsonObject.class));
            assertTrue(json.toString().contains("1234.5"), json.toString());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void theOutputHoldsThePictureItsWordsAndNothingThatDiffersButTheKernel() {
        Panel panel = new Panel(STILL, "root.textContent = 1", question -> Map.of());
        String html = panel.html(), again = panel.html();
        assertTrue(html.contains("alt=\"a still picture\"") && html.contains("运行这个单元格"), html);
        assertTrue(html.length() < 15_000, "letters: " + html.length());
        assertEquals(html.replaceAll("data-panel=\"\\d+\"", ""), again.replaceAll("data-panel=\"\\d+\"", ""));
        assertFalse(html.contains("/**") || html.contains("export "), "small");
    }
}

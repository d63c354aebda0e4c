package cnnkit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.layer.Convolution;
import cnnkit.plot.card.Numbers;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The numbers of panels that compute in the page. This test holds a file of numbers to the library's; the test of the scripts,
 * panels.test.js, holds the scripts to the file. To write it anew:
 * <pre>
 *     ./mvnw surefire:test -Dtest=PanelNumbersTest -Dcnnkit.golden=write
 * </pre>
 */
class PanelNumbersTest {
    private static final Path FILE = Path.of("src/test/resources/golden/panels.js");
    private static final int CASES = 40;

    @Test
    void theFileThatScriptsAreHeldToHoldsTheNumbersOfTheLibrary() throws IOException {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("convolutions", cases(PanelNumbersTest::convolution));
        numbers.put("matrices", cases(PanelNumbersTest::matrix));
        numbers.put("gradients", cases(PanelNumbersTest::gradient));
        numbers.put("photographs", cases(PanelNumbersTest::photograph));
        numbers.put("texts", cases(PanelNumbersTest::text));
        String now = "// From PanelNumbersTest, which says how it is written.\nexport default "
                + Script.literal(numbers) + ";\n";
        if ("write".equals(System.getProperty("cnnkit.golden"))) {
            Files.writeString(FILE, now);
        }
        assertEquals(Files.readString(FILE), now);
    }

    private interface Case {
        Map<String, Object> of(Random random);
    }

    private static List<Map<String, Object>> cases(Case made) {
        Random random = new Random(1);
        List<Map<String, Object>> cases = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            cases.add(made.of(random));
        }
        return cases;
    }

    /** Any filter over any input; no output where the window does not fit, or the remainder is refused. */
    private static Map<String, Object> convolution(Random random) {
        int H = 1 + random.nextInt(6),
                W = 1 + random.nextInt(6),
                FH = 1 + random.nextInt(3),
                FW = 1 + random.nextInt(3);
        int S = 1 + random.nextInt(3), P = random.nextInt(3);
        Remainder remainder = Remainder.values()[random.nextInt(Remainder.values().length)];
        Tensor x = Tensor.gaussian(random, 1, 1, 1, H, W), filter = Tensor.gaussian(random, 1, 1, 1, FH, FW);
        Window window = Window.of(FH, FW).stride(S).padding(P).remainder(remainder);
        Map<String, Object> made = new LinkedHashMap<>(Map.of("S", S, "P", P, "remainder", remainder.name()));
        made.put("x", Alone.matrix(x.reshape(H, W)));
        made.put("filter", Alone.matrix(filter.reshape(FH, FW)));
        try {
            Tensor out = new Convolution(filter, Tensor.zeros(1), window).forward(x);
            made.put("out", Alone.matrix(out.slice(0, 0)));
            Tensor read = Tensor.zeros(H, W);
            int[][] counts = window.readCounts(H, W);
            for (int i = 0; i < H * W; i++) {
                read.data()[i] = Math.min(1, counts[i / W][i % W]);
            }
            made.put("read", read);
        } catch (ShapeException e) {
            made.put("out", Map.of("height", 0, "width", 0, "values", List.of()));
        }
        return made;
    }

    /** The matrix of an image whose pixels hold their numbers; −1 stands for padding. */
    private static Map<String, Object> matrix(Random random) {
        int F = 1 + random.nextInt(3), S = 1 + random.nextInt(3), P = random.nextInt(3), C = 1 + random.nextInt(2);
        int H = F + random.nextInt(4), W = F + random.nextInt(4);
        Window window = Window.of(F).stride(S).padding(P).remainder(Remainder.FLOOR);
        Map<String, Object> made = new LinkedHashMap<>(Map.of("F", F, "S", S, "P", P, "C", C, "H", H, "W", W));
        made.put("col", Alone.matrix(Im2col.im2col(Tensor.range(1, C, H, W), window, -1)));
        return made;
    }

    /** Quarters, so that every order of adding gives the same. */
    private static Map<String, Object> gradient(Random random) {
        int FH = 1 + random.nextInt(3),
                FW = 1 + random.nextInt(3),
                OH = 1 + random.nextInt(3),
                OW = 1 + random.nextInt(3);
        int S = 1 + random.nextInt(3);
        Tensor filter = Tensor.gaussian(random, 8, 1, 1, FH, FW).map(PanelNumbersTest::quarter);
        Tensor dout = Tensor.gaussian(random, 8, 1, 1, OH, OW).map(PanelNumbersTest::quarter);
        Convolution layer =
                new Convolution(filter, Tensor.zeros(1), Window.of(FH, FW).stride(S));
        layer.forward(Tensor.zeros(1, 1, (OH - 1) * S + FH, (OW - 1) * S + FW));
        return Map.of(
                "S", S,
                "filter", Alone.matrix(filter.reshape(FH, FW)),
                "dout", Alone.matrix(dout.reshape(OH, OW)),
                "dx", Alone.matrix(layer.backward(dout).slice(0, 0)));
    }

    /** Pixels of a file, and any filter. */
    private static Map<String, Object> photograph(Random random) {
        int H = 3 + random.nextInt(5), W = 3 + random.nextInt(5);
        Tensor picture = Tensor.zeros(H, W).map(zero -> random.nextInt(256) / 255f);
        Tensor filter = Tensor.gaussian(random, 1, 3, 3);
        return Map.of(
                "levels", picture.map(pixel -> Math.round(pixel * 255)),
                "filter", Alone.matrix(filter),
                "isPicture", PhotographPanel.isPicture(filter),
                "out", Alone.matrix(ConvolutionPanel.output(picture, filter)));
    }

    private static double quarter(double value) {
        return Math.rint(value) / 4;
    }

    private static Map<String, Object> text(Random random) {
        float value = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(16) - 6));
        value = random.nextInt(4) == 0 ? Math.round(value) : value;
        return Map.of("value", value, "text", Numbers.text(value));
    }
}

package cnnkit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.OwnDigit;
import cnnkit.network.FullyConnectedNet;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sheet of paper that a network reads: what the page sends is read as a picture file is. */
class DigitPadTest {
    private static Network trained() throws IOException {
        Network network = SimpleConvNet.create(1);
        network.load(Path.of("data/weights/SimpleConvNet.npz"));
        return network;
    }

    /** The seven of the still picture, as a page sends it. */
    private static String seven() {
        byte[] ink = new byte[DigitPad.SIDE * DigitPad.SIDE];
        for (int i = 0; i < ink.length; i++) {
            ink[i] = (byte) (255 - PadPicture.seven().getRaster().getSample(i % DigitPad.SIDE, i / DigitPad.SIDE, 0));
        }
        return Base64.getEncoder().encodeToString(ink);
    }

    private static Question ask(String what, String pixels) {
        return new Question(Map.of("what", what, "pixels", pixels));
    }

    @Test
    void aSevenIsReadAsOneWithTheMapsOfTheFirstLayerBehindItsActivation() throws IOException {
        Map<String, Object> answer = DigitPad.of(trained()).answer(ask("read", seven()));
        assertEquals(7, answer.get("best"));
        assertEquals(10, ((List<?>) answer.get("scores")).size());
        Map<?, ?> maps = (Map<?, ?>) answer.get("maps");
        assertEquals("Relu1 30 × 24 × 24", maps.get("name") + " " + maps.get("size"));
    }

    @Test
    void theStepsAreThoseOfOwnDigitAndTheLastIsWhatTheNetworkGets() {
        List<Tensor> steps = OwnDigit.steps(PadPicture.seven());
        assertEquals(4, steps.size());
        assertTrue(steps.get(0).hasShape(112, 112), "the sheet");
        assertTrue(Math.max(steps.get(2).size(0), steps.get(2).size(1)) == 20, "the box");
        assertEquals(OwnDigit.fromImage(PadPicture.seven()).reshape(28, 28), steps.get(3));
    }

    @Test
    void aDrawingIsKeptUnderTheNextFreeNameAndReadsTheSame(@TempDir Path folder) throws IOException {
        DigitPad pad = DigitPad.of(trained()).saveIn(folder.resolve("own"));
        assertEquals(Map.of("saved", "saved: " + folder.resolve("own/digit-1.png")), pad.answer(ask("save", seven())));
        pad.answer(ask("save", seven()));
        assertTrue(Files.exists(folder.resolve("own/digit-2.png")));
        assertEquals(OwnDigit.fromImage(PadPicture.seven()), OwnDigit.fromFile(folder.resolve("own/digit-1.png")));
    }

    @Test
    void aDrawingThatCannotBeReadIsAnsweredWithWhatToDoInThePlaceOfAReading() throws IOException {
        byte[] ink = new byte[DigitPad.SIDE * DigitPad.SIDE];
        for (int y = 50; y < 62; y++) {
            Arrays.fill(ink, y * DigitPad.SIDE + 50, y * DigitPad.SIDE + 62, (byte) 255); // a blot
        }
        String blot = Base64.getEncoder().encodeToString(ink);
        assertEquals(
                Map.of("refused", "This digit is too small for the pen, or a blot. Draw it larger."),
                DigitPad.of(trained()).answer(ask("read", blot)));
    }

    @Test
    void onlyASheetThatHasAFolderKeepsADrawing() throws IOException {
        DigitPad pad = DigitPad.of(trained());
        assertThrows(IllegalArgumentException.class, () -> pad.answer(ask("save", seven())));
        assertEquals(false, pad.answer(new Question(Map.of("what", "open"))).get("save"));
    }

    @Test
    void whatIsWrongIsSaid() throws IOException {
        DigitPad pad = DigitPad.of(trained());
        assertEquals(
                "expected 12,544 bytes as \"pixels\" but the page gave 3",
                assertThrows(IllegalArgumentException.class, () -> pad.answer(ask("read", "AAAA")))
                        .getMessage());
        assertEquals(
                "the page gave no base64 as \"pixels\"",
                assertThrows(IllegalArgumentException.class, () -> pad.answer(ask("read", "?")))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> pad.answer(ask("dance", seven())));
        assertThrows(
                ShapeException.class,
                () -> DigitPad.of(SimpleConvNet.builder().input(1, 8, 8).build(1)));
    }

    @Test
    void aNetworkWithoutMapsReadsToo() throws IOException {
        Map<String, Object> answer =
                DigitPad.of(FullyConnectedNet.builder().hidden(10).build(1)).answer(ask("read", seven()));
        assertEquals(Map.of(), answer.get("maps"));
    }

    @Test
    void theStillPictureShowsASeven() throws IOException {
        String html = DigitPad.of(trained()).html();
        assertTrue(html.contains("The network reads a 7"), html.substring(0, 300));
        assertFalse(html.contains("digit-pad"), "its script comes from Java");
    }
}

package cnnkit.live;

import cnnkit.data.OwnDigit;
import cnnkit.io.AtomicFile;
import cnnkit.layer.Layer;
import cnnkit.network.Network;
import cnnkit.notebook.Shown;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * A sheet of paper to write a digit on, with the mouse, a finger or the arrow keys, while a network reads it: what {@link OwnDigit}
 * makes of it, step by step, the probabilities of the ten digits, and the maps of the first layer.
 * <pre>
 *     DigitPad.of(network).saveIn(Kit.own("drawings"))
 * </pre>
 * as the last line of a cell. It is the network as it is at the moment; draw again after more training.
 */
public final class DigitPad implements Shown {
    /** Rows and columns of the sheet, in pixels. */
    static final int SIDE = 112;

    private static final int MOST_MAPS = 30;
    private static final int MOST_FILES = 1_000;
    private static final List<String> STEPS =
            List.of("drawn", "cut out", "fitted into 20 × 20", "on 28 × 28, its centre of mass in the middle");

    private final Network network;
    private Path folder; // null: drawings are not kept

    private DigitPad(Network network) {
        this.network = network;
    }

    /**
     * A sheet that a network reads.
     *
     * @param network for images of MNIST, [1, 28, 28]
     * @return a sheet that keeps nothing
     * @throws ShapeException if the network takes other images
     */
    public static DigitPad of(Network network) {
        if (!Arrays.equals(network.inputShape(), new int[] {1, 28, 28})) {
            throw new ShapeException(Text.error(
                    "DigitPad: expected a network for [1, 28, 28], as MNIST has, but this one takes %s",
                    Shapes.text(network.inputShape())));
        }
        return new DigitPad(network);
    }

    /**
     * Adds a button that keeps a drawing as {@code digit-1.png}, {@code digit-2.png}, ...: a picture for {@link
     * OwnDigit#fromFile}.
     *
     * @param where the folder; made when it is needed
     * @return this sheet
     */
    public DigitPad saveIn(Path where) {
        folder = where;
        return this;
    }

    private Panel panel() {
        String script = Script.of("elements.js", "bars.js", "bytes.js", "maps.js", "digit-pad.js")
                + "\nreturn digitPad(root, ask);";
        return Live.panel(new PadPicture(reading(OwnDigit.steps(PadPicture.seven()))), script, this::answer);
    }

    /**
     * What a page gets for a question.
     *
     * @param question {@code what}: "open", or "read" or "save" with pixels, one byte each, 0 is paper
     * @return what to show
     * @throws IOException if a drawing cannot be saved
     */
    Map<String, Object> answer(Question question) throws IOException {
        return switch (question.text("what")) {
            case "open" ->
                Map.of("side", SIDE, "save", folder != null, "scales", MapSheet.scales(), "words", PadWords.all());
            case "read" -> read(sheet(question));
            case "save" -> Map.of("saved", Text.of("saved: %s", save(sheet(question))));
            default ->
                throw new IllegalArgumentException(
                        Text.error("the page asked for nothing that a sheet of paper knows"));
        };
    }

    /** What a network makes of a drawing, or why {@link OwnDigit} does not take it. */
    private Map<String, Object> read(BufferedImage sheet) {
        List<Tensor> steps;
        try {
            steps = OwnDigit.steps(sheet);
        } catch (IllegalArgumentException e) {
            return Map.of("refused", Text.of("This digit is too small for the pen, or a blot. Draw it larger."));
        }
        return reading(steps).answer();
    }

    /** Dark ink on white paper. */
    private static BufferedImage sheet(Question question) {
        byte[] ink = question.bytes("pixels", SIDE * SIDE);
        BufferedImage sheet = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < ink.length; i++) {
            sheet.getRaster().setSample(i % SIDE, i / SIDE, 0, 255 - (ink[i] & 0xFF));
        }
        return sheet;
    }

    /** A drawing that a network has read. */
    record Reading(List<MapSheet> steps, MapSheet maps, Scores scores) {
        Map<String, Object> answer() {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("steps", steps.stream().map(step -> step.answer(1)).toList());
            answer.put("maps", maps == null ? Map.of() : maps.answer(MOST_MAPS));
            scores.addTo(answer);
            return answer;
        }
    }

    private Reading reading(List<Tensor> tensors) {
        List<MapSheet> steps = new ArrayList<>();
        for (int i = 0; i < tensors.size(); i++) {
            Tensor step = tensors.get(i); // (H, W)
            String title = Text.of(STEPS.get(i));
            steps.add(new MapSheet(title, Layer.Kind.OTHER, "", step.reshape(1, step.size(0), step.size(1))));
        }
        Tensor digit = tensors.get(tensors.size() - 1).reshape(1, 1, 28, 28);
        Opened opened = Opened.of(network, digit);
        return new Reading(
                steps, firstMaps(opened), new Scores(opened.probabilities().values()));
    }

    /** The first layer that has maps, behind its activation if it has one; null if there is none. */
    private static MapSheet firstMaps(Opened opened) {
        for (int i = 1; i < opened.sheets().size() - 1; i++) {
            if (opened.sheet(i).hasMaps()) {
                Layer next = opened.layerOf(i + 1);
                boolean activated = next != null && next.kind() == Layer.Kind.ACTIVATION;
                return opened.sheet(activated ? i + 1 : i);
            }
        }
        return null;
    }

    private Path save(BufferedImage sheet) throws IOException {
        if (folder == null) {
            throw new IllegalArgumentException(Text.error("this sheet keeps nothing: saveIn(folder) lets it"));
        }
        OwnDigit.fromImage(sheet); // or what is wrong with it
        Files.createDirectories(folder);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(sheet, "png", png);
        for (int number = 1; number <= MOST_FILES; number++) {
            Path file = folder.resolve("digit-" + number + ".png");
            if (!Files.exists(file)) {
                AtomicFile.write(file, png.toByteArray());
                return file;
            }
        }
        throw new IOException(Text.error("%s holds %,d drawings: move some away", folder, MOST_FILES));
    }

    @Override
    public String html() {
        return panel().html();
    }

    /**
     * What the panel is for.
     *
     * @return a sentence
     */
    @Override
    public String toString() {
        return Text.of("A sheet of paper: draw a digit, and the network reads it");
    }
}

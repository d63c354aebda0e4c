package cnnkit.inspect;

import cnnkit.im2col.Window;
import cnnkit.layer.Layer;
import cnnkit.layer.Parameter;
import cnnkit.network.Network;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which pixels of the image a unit can see (section 7.6.2), found in two ways that agree.
 *
 * <p>By arithmetic: going up, layer by layer, with kernel k, stride s and padding p, from size = step = 1 and begin = 0,
 * <pre>
 *     size  += (k - 1) * step            pixels that a unit sees
 *     begin -= p * step                  the first pixel that unit 0 sees
 *     step  *= s                         pixels from one unit to the next
 * </pre>
 * so a unit at row r sees the rows begin + r * step and the next size - 1 ones, and likewise for columns. An Affine layer
 * counts as a kernel as large as the map below it. Each layer says itself how it looks at its input ({@link Layer#sees}); one
 * that does not is tried out.
 *
 * <p>By gradient ({@link #byGradient}): a unit sees the pixels that its gradient with respect to the image is not 0 at.
 */
public final class ReceptiveField {
    private static final int BATCH = 64;

    /** How one layer looks at the one below, whose maps have the given size. */
    private record Step(Window window, int height, int width) {}

    private final String layer;
    private final List<Step> steps; // lowest first
    private final int units; // from top to bottom
    private final int unitsAcross;
    private final int height;
    private final int width;
    private final int stepDown;
    private final int stepRight;
    private final int top;
    private final int left;

    private ReceptiveField(String layer, List<Step> steps, int units, int unitsAcross) {
        this.layer = layer;
        this.steps = steps;
        this.units = units;
        this.unitsAcross = unitsAcross;
        int height = 1, width = 1, stepDown = 1, stepRight = 1, top = 0, left = 0;
        for (Step step : steps) {
            Window window = step.window;
            height += (window.kernelHeight() - 1) * stepDown;
            width += (window.kernelWidth() - 1) * stepRight;
            top -= window.paddingHeight() * stepDown;
            left -= window.paddingWidth() * stepRight;
            stepDown *= window.strideHeight();
            stepRight *= window.strideWidth();
        }
        this.height = height;
        this.width = width;
        this.stepDown = stepDown;
        this.stepRight = stepRight;
        this.top = top;
        this.left = left;
    }

    /**
     * The receptive field of the units of a layer, by arithmetic.
     *
     * @param network a network whose input is images, (C, H, W)
     * @param layer the name of the layer
     * @return the field, the same for every unit but for its place
     * @throws IllegalArgumentException if there is no such layer, or it is not known how a layer below looks at its input
     */
    public static ReceptiveField of(Network network, String layer) {
        PartialNetwork part = imagesUpTo(network, layer);
        List<Step> steps = new ArrayList<>();
        int[] shape = part.inputShape();
        for (Layer below : part.layers()) {
            if (shape.length == 3) { // what comes after an Affine layer sees as much as the Affine layer
                steps.add(new Step(window(below, shape), shape[1], shape[2]));
            }
            shape = below.outputShape(shape);
        }
        return new ReceptiveField(layer, steps, shape.length == 3 ? shape[1] : 1, shape.length == 3 ? shape[2] : 1);
    }

    private static PartialNetwork imagesUpTo(Network network, String layer) {
        PartialNetwork part = PartialNetwork.upTo(network, layer);
        if (part.inputShape().length != 3) {
            throw new ShapeException(Text.error(
                    "ReceptiveField: expected a network for images [C, H, W] but its input is %s",
                    Shapes.text(part.inputShape())));
        }
        return part;
    }

    /** How a layer looks at maps of the given shape: the layer says it, or it is found by trying. */
    private static Window window(Layer layer, int[] shape) {
        if (layer.outputShape(shape).length == 1) { // a row of values: each may see everything
            return Window.of(shape[1], shape[2]);
        }
        return layer.sees(shape)
                .or(() -> SeenByTrying.window(layer, shape))
                .orElseThrow(() -> new IllegalArgumentException(Text.error(
                        "ReceptiveField: it is not known how %s looks at its input, %s: it does not say so (a layer of your own may, by sees), and no window fits what it does",
                        layer, Shapes.text(shape))));
    }

    /**
     * The receptive fields of all layers of a network.
     *
     * @param network a network whose input is images, (C, H, W)
     * @return names of layers and their fields, lowest first
     */
    public static Map<String, ReceptiveField> of(Network network) {
        Map<String, ReceptiveField> fields = new LinkedHashMap<>();
        network.layers().keySet().forEach(layer -> fields.put(layer, of(network, layer)));
        return fields;
    }

    /**
     * The layer whose units these are.
     *
     * @return its name
     */
    public String layer() {
        return layer;
    }

    /**
     * How many rows a unit sees, padding included.
     *
     * @return in pixels of the image
     */
    public int height() {
        return height;
    }

    /**
     * How many columns a unit sees, padding included.
     *
     * @return in pixels of the image
     */
    public int width() {
        return width;
    }

    /**
     * How far apart the fields of neighbouring units lie, downwards.
     *
     * @return in pixels of the image
     */
    public int stepDown() {
        return stepDown;
    }

    /**
     * How far apart the fields of neighbouring units lie, to the right.
     *
     * @return in pixels of the image
     */
    public int stepRight() {
        return stepRight;
    }

    /**
     * What the unit at a row and column of the layer's maps sees.
     *
     * @param row of the unit, from 0; 0 for an Affine layer
     * @param column of the unit, from 0; 0 for an Affine layer
     * @return a rectangle of the image, which reaches into the padding at the edges
     * @throws IndexOutOfBoundsException if there is no such unit
     */
    public Region region(int row, int column) {
        requireUnit(row, column);
        return new Region(top + row * stepDown, left + column * stepRight, height, width);
    }

    private void requireUnit(int row, int column) {
        if (row < 0 || row >= units || column < 0 || column >= unitsAcross) {
            throw new IndexOutOfBoundsException(Text.error(
                    "ReceptiveField: unit (%d, %d) is outside the %d x %d units of %s",
                    row, column, units, unitsAcross, layer));
        }
    }

    /**
     * What the unit whose field lies closest around a pixel sees.
     *
     * @param y row of the pixel
     * @param x column of the pixel
     * @return a rectangle of the image, which reaches into the padding at the edges
     */
    public Region around(int y, int x) {
        return region(closest(y, top, height, stepDown, units), closest(x, left, width, stepRight, unitsAcross));
    }

    /** The unit whose middle is closest to the pixel; the first of two. */
    private static int closest(int pixel, int begin, int size, int step, int units) {
        int best = 0;
        for (int unit = 1; unit < units; unit++) {
            boolean closer = Math.abs(2 * (begin + unit * step) + size - 1 - 2 * pixel)
                    < Math.abs(2 * (begin + best * step) + size - 1 - 2 * pixel);
            best = closer ? unit : best;
        }
        return best;
    }

    /**
     * Which pixels a unit sees, one by one, by arithmetic: those of {@link #region} that are in the image, without gaps that a
     * stride larger than its kernel leaves, and without what a layer in between has dropped.
     *
     * @param row of the unit, from 0; 0 for an Affine layer
     * @param column of the unit, from 0; 0 for an Affine layer
     * @return for each row and column of the image whether the unit sees the pixel
     * @throws IndexOutOfBoundsException if there is no such unit
     */
    public boolean[][] pixels(int row, int column) {
        requireUnit(row, column);
        boolean[] rows = new boolean[units], columns = new boolean[unitsAcross];
        rows[row] = true;
        columns[column] = true;
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            Window w = step.window;
            rows = seen(rows, step.height, w.kernelHeight(), w.strideHeight(), w.paddingHeight());
            columns = seen(columns, step.width, w.kernelWidth(), w.strideWidth(), w.paddingWidth());
        }
        boolean[][] pixels = new boolean[rows.length][columns.length];
        for (int y = 0; y < rows.length; y++) {
            for (int x = 0; x < columns.length; x++) {
                pixels[y][x] = rows[y] && columns[x];
            }
        }
        return pixels;
    }

    /** One layer down, along one axis. */
    private static boolean[] seen(boolean[] above, int size, int kernel, int stride, int padding) {
        boolean[] below = new boolean[size];
        for (int unit = 0; unit < above.length; unit++) {
            for (int k = 0; above[unit] && k < kernel; k++) {
                int at = unit * stride + k - padding;
                if (at >= 0 && at < size) {
                    below[at] = true;
                }
            }
        }
        return below;
    }

    /**
     * Which pixels a unit sees, by gradient: dx of the unit is not 0 there.
     *
     * <p>A ReLU that is silent, or a maximum that is another one's, would hide pixels that the unit can see. So, while this
     * runs, all weights are equal and positive and all biases 0, and for each pixel there is an image in which it alone is
     * lit: whatever sees the pixel is positive, and wins. One forward and backward pass for each pixel: not for large
     * images.
     *
     * @param network a network whose input is images, (C, H, W); its parameters are the same afterwards
     * @param layer the name of the layer
     * @param row of the unit, from 0; 0 for an Affine layer
     * @param column of the unit, from 0; 0 for an Affine layer
     * @return for each row and column of the image whether the unit sees the pixel
     * @throws IllegalArgumentException if there is no such layer
     * @throws IndexOutOfBoundsException if there is no such unit
     * @throws InterruptedWorkException if the thread is interrupted; the parameters are the same as before
     */
    public static boolean[][] byGradient(Network network, String layer, int row, int column) {
        PartialNetwork part = imagesUpTo(network, layer);
        boolean map = part.outputShape().length == 3;
        if (!map && (row != 0 || column != 0)) {
            throw new IndexOutOfBoundsException(
                    Text.error("ReceptiveField: unit (%d, %d) is outside the 1 x 1 units of %s", row, column, layer));
        }
        int[] unit = map ? new int[] {0, row, column} : new int[] {0};
        List<Parameter> parameters = part.layers().stream()
                .flatMap(below -> below.parameters().stream())
                .toList();
        KeptParameters kept = new KeptParameters(parameters);
        try {
            parameters.forEach(ReceptiveField::makePositive);
            return litPixelByPixel(part, unit);
        } finally {
            kept.putBack();
        }
    }

    /** Biases become 0, everything else positive: not too large, so that sums of many stay small. */
    private static void makePositive(Parameter parameter) {
        float[] values = parameter.value().data();
        Arrays.fill(values, parameter.isBias() ? 0 : (float) (1 / Math.sqrt(values.length)));
    }

    private static boolean[][] litPixelByPixel(PartialNetwork part, int[] unit) {
        int C = part.inputShape()[0], H = part.inputShape()[1], W = part.inputShape()[2];
        boolean[][] seen = new boolean[H][W];
        for (int from = 0; from < H * W; from += BATCH) {
            InterruptedWorkException.check("receptive field", from, H * W, "pixels");
            int N = Math.min(BATCH, H * W - from);
            Tensor x = Tensor.zeros(N, C, H, W);
            for (int n = 0; n < N; n++) {
                for (int c = 0; c < C; c++) {
                    x.data()[(n * C + c) * H * W + from + n] = 1;
                }
            }
            part.forward(x);
            Tensor dx = part.unitGradient(unit);
            for (int n = 0; n < N; n++) {
                for (int c = 0; c < C; c++) {
                    int pixel = from + n;
                    seen[pixel / W][pixel % W] |= dx.data()[(n * C + c) * H * W + pixel] != 0;
                }
            }
        }
        return seen;
    }

    /**
     * In words.
     *
     * @return for example {@code a unit of Conv2 sees 14 x 14 pixels; the next one lies 2 further}
     */
    @Override
    public String toString() {
        String apart = stepDown == stepRight ? "" + stepDown : stepDown + " x " + stepRight;
        return Text.of("a unit of %s sees %d x %d pixels; the next one lies %s further", layer, height, width, apart);
    }
}

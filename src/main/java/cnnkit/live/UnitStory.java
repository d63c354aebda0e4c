package cnnkit.live;

import cnnkit.engine.Maximum;
import cnnkit.im2col.Window;
import cnnkit.inspect.ReceptiveField;
import cnnkit.inspect.Region;
import cnnkit.layer.Affine;
import cnnkit.layer.AveragePooling;
import cnnkit.layer.Convolution;
import cnnkit.layer.Dropout;
import cnnkit.layer.Layer;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Relu;
import cnnkit.layer.Subsampling;
import cnnkit.plot.card.ColorScale;
import cnnkit.plot.card.Numbers;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One value of one layer: which values it was made of, and how; where it goes on to. What a layer does is read from the layer; of a
 * layer that the kit does not know, the window that it says it sees.
 */
final class UnitStory {
    private static final int MOST_TERMS = 10; // of a sum too long to show

    private final Opened opened;
    private final int number; // of the sheet
    private final MapSheet sheet;
    private final int index;
    private final int map;
    private final int row;
    private final int column;
    private final List<String> lines = new ArrayList<>();
    private final List<Map<String, Object>> grids = new ArrayList<>();
    private final List<Map<String, Object>> steps = new ArrayList<>(); // to other units
    private final Map<String, Object> answer = new LinkedHashMap<>();

    private UnitStory(Opened opened, int number, int index) {
        this.opened = opened;
        this.number = number;
        sheet = opened.sheet(number);
        this.index = index;
        int cells = sheet.height() * sheet.width();
        map = index / cells;
        row = index / sheet.width() % sheet.height();
        column = index % sheet.width();
    }

    /**
     * What a page shows of a unit.
     *
     * @param opened an image on its way through a network
     * @param number of the sheet, 0 for the image
     * @param index of the value on the sheet
     * @param channel which input map of a convolution to show; negative: the one that adds most
     * @return texts, grids of numbers, and units to go on to
     */
    static Map<String, Object> of(Opened opened, int number, int index, int channel) {
        UnitStory story = new UnitStory(opened, number, index);
        story.tell(channel);
        return story.answer();
    }

    private float value() {
        return sheet.values()[index];
    }

    private Map<String, Object> answer() {
        answer.put("sheet", number);
        answer.put("map", map);
        answer.put("row", row);
        answer.put("column", column);
        answer.put("place", sheet.place(index));
        answer.put("value", Numbers.text(value()));
        answer.put("cells", sheet.levels(map, map + 1));
        answer.put("lines", lines);
        answer.put("grids", grids);
        answer.put("steps", steps);
        return answer;
    }

    private void tell(int channel) {
        Layer layer = opened.layerOf(number);
        if (number == 0) {
            lines.add(Text.of("A value of the image: %s", Numbers.text(value())));
        } else if (layer == null) {
            tellSoftmax();
        } else if (layer instanceof Convolution convolution) {
            tellConvolution(convolution, channel);
        } else if (layer instanceof Affine affine) {
            tellAffine(affine);
        } else if (layer instanceof MaxPooling pooling) {
            tellPooling(pooling.window(), true);
        } else if (layer instanceof AveragePooling pooling) {
            tellPooling(pooling.window(), false);
        } else if (layer instanceof Subsampling pooling) {
            tellSubsampling(pooling.window());
        } else {
            tellOther(layer);
        }
        tellImage();
        tellNext();
    }

    private MapSheet below() {
        return opened.sheet(number - 1);
    }

    /** The window of one input map: its numbers, row by row, with gaps where it hangs over the edge. */
    private final class Seen {
        final int top;
        final int left;
        final int height;
        final int width;
        final double[] values;
        final boolean[] there;

        Seen(Window window, int channel) {
            top = window.top(row);
            left = window.left(column);
            height = window.kernelHeight();
            width = window.kernelWidth();
            values = new double[height * width];
            there = new boolean[values.length];
            for (int i = 0; i < values.length; i++) {
                int y = top + i / width, x = left + i % width;
                there[i] = y >= 0 && y < below().height() && x >= 0 && x < below().width();
                values[i] = there[i] ? below().at(channel, y, x) : 0;
            }
        }

        NumberGrid grid(int channel) {
            return new NumberGrid(title(channel), width, values, there, below().scale(), below().limits())
                    .from(number - 1, channel, top, left);
        }

        private String title(int channel) {
            return below().maps() == 1 ? below().name() : Text.of("%s, map %d", below().name(), channel);
        }

        /** Where the value of a cell stands in its sheet. */
        int index(int channel, int cell) {
            return below().index(channel, top + cell / width, left + cell % width);
        }
    }

    private void tellConvolution(Convolution convolution, int asked) {
        Tensor W = convolution.W().value(); // (FN, C / groups, FH, FW)
        int channels = W.size(1), cells = W.size(2) * W.size(3);
        int first = map / (W.size(0) / convolution.groups()) * channels; // the first input map that this filter sees
        double bias = convolution.b().value().get(map);
        double[] sums = new double[channels];
        double[][] products = new double[channels][cells];
        for (int c = 0; c < channels; c++) {
            Seen seen = new Seen(convolution.window(), first + c);
            for (int i = 0; i < cells; i++) {
                products[c][i] = seen.values[i] * W.data()[(map * channels + c) * cells + i];
                sums[c] += products[c][i];
            }
        }
        int c = asked >= first && asked < first + channels ? asked - first : largest(sums);
        Seen seen = new Seen(convolution.window(), first + c);
        double[] weights = new double[cells];
        boolean[] all = new boolean[cells];
        Arrays.fill(all, true);
        for (int i = 0; i < cells; i++) {
            weights[i] = W.data()[(map * channels + c) * cells + i];
        }
        int width = W.size(3);
        grids.add(seen.grid(first + c).answer());
        grids.add(NumberGrid.signed(Text.of("filter %d", map), width, weights, all, ColorScale.BLUE_RED)
                .answer());
        grids.add(NumberGrid.signed(Text.of("products"), width, products[c], seen.there, ColorScale.BROWN_GREEN)
                .answer());
        if (channels > 1) {
            lines.add(Text.of("The %d products of input map %d: sum %s", cells, first + c, Numbers.text(sums[c])));
            answer.put("channel", Map.of("first", first, "count", channels, "shown", first + c));
        }
        lines.add(Text.of(
                "Sum of %,d products %s, bias %s, together %s",
                channels * cells, Numbers.text(Arrays.stream(sums).sum()), Numbers.text(bias), Numbers.text(value())));
        lines.add(Text.of("im2col: row %d of the matrix, times column %d", row * sheet.width() + column, map));
        int strongest = largest(products[c]);
        if (seen.there[strongest]) {
            stepTo("back", number - 1, seen.index(first + c, strongest));
        }
    }

    private static int largest(double[] terms) {
        int largest = 0;
        for (int i = 1; i < terms.length; i++) {
            largest = Maximum.beats(Math.abs(terms[i]), Math.abs(terms[largest])) ? i : largest;
        }
        return largest;
    }

    private void tellAffine(Affine affine) {
        Tensor W = affine.W().value(); // (I, O)
        int I = W.size(0), O = W.size(1);
        float[] x = below().values();
        double[] terms = new double[I];
        for (int i = 0; i < I; i++) {
            terms[i] = (double) x[i] * W.data()[i * O + index];
        }
        lines.add(Text.of(
                "Sum of %,d products %s, bias %s, together %s",
                I,
                Numbers.text(Arrays.stream(terms).sum()),
                Numbers.text(affine.b().value().get(index)),
                Numbers.text(value())));
        List<Integer> order = IntStream.range(0, I)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        i -> Double.isNaN(terms[i]) ? Double.NEGATIVE_INFINITY : -Math.abs(terms[i])))
                .limit(MOST_TERMS)
                .toList();
        lines.add(Text.of("The largest of them:"));
        for (int i : order) {
            String product = Text.of(
                    "%s × weight %s = %s",
                    Numbers.text(x[i]), Numbers.text(W.data()[i * O + index]), Numbers.text(terms[i]));
            steps.add(step("term", number - 1, i, product));
        }
    }

    private void tellPooling(Window window, boolean maximum) {
        Seen seen = new Seen(window, map);
        int best = -1, count = 0;
        for (int i = 0; i < seen.values.length; i++) {
            if (seen.there[i]) {
                count++;
                boolean wins = best < 0 || !Double.isNaN(seen.values[best]) && !(seen.values[i] <= seen.values[best]);
                best = wins ? i : best;
            }
        }
        NumberGrid grid = seen.grid(map);
        grids.add((maximum && best >= 0 ? grid.best(best) : grid).answer());
        lines.add(
                maximum
                        ? Text.of("The largest of the %d values in the window: %s", count, Numbers.text(value()))
                        : Text.of("The mean of the %d values in the window: %s", count, Numbers.text(value())));
        if (best >= 0) {
            stepTo("back", number - 1, seen.index(map, best));
        }
    }

    private void tellSubsampling(Window window) {
        Seen seen = new Seen(window, map);
        int first = IntStream.range(0, seen.there.length)
                .filter(i -> seen.there[i])
                .findFirst()
                .orElse(-1);
        grids.add((first >= 0 ? seen.grid(map).best(first) : seen.grid(map)).answer());
        lines.add(Text.of("The first value in the window: %s", Numbers.text(value())));
        if (first >= 0) {
            stepTo("back", number - 1, seen.index(map, first));
        }
    }

    private void tellSoftmax() {
        float[] scores = below().values();
        lines.add(Text.of(
                "Softmax: e to the score %s, divided by the sum of that of all %d scores, is %s",
                Numbers.text(scores[index]), scores.length, Numbers.text(value())));
        stepTo("back", number - 1, index);
    }

    private void tellOther(Layer layer) {
        boolean samePlace = below().values().length == sheet.values().length
                && below().height() == sheet.height()
                && below().width() == sheet.width();
        Window window = windowOf(layer);
        if (layer instanceof Relu) {
            lines.add(Text.of("max(0, %s) = %s", Numbers.text(below().values()[index]), Numbers.text(value())));
        } else if (layer instanceof Dropout dropout) {
            lines.add(Text.of(
                    "%s × (1 − %s) = %s",
                    Numbers.text(below().values()[index]), Numbers.text(dropout.ratio()), Numbers.text(value())));
        } else if (samePlace) {
            lines.add(Text.of(
                    "%s makes %s of the %s that stands in the same place below",
                    sheet.kind(), Numbers.text(value()), Numbers.text(below().values()[index])));
        } else if (window != null) {
            lines.add(Text.of("%s makes %s of the values in this window", sheet.kind(), Numbers.text(value())));
        } else {
            lines.add(
                    Text.of("%s makes %s; which values it sees it does not say", sheet.kind(), Numbers.text(value())));
        }
        if (window != null && below().hasMaps() && window.kernelHeight() * window.kernelWidth() > 1) {
            int channel = Math.min(map, below().maps() - 1);
            grids.add(new Seen(window, channel).grid(channel).answer());
        }
        if (samePlace) {
            stepTo("back", number - 1, index);
        }
    }

    private Window windowOf(Layer layer) {
        MapSheet in = below();
        return in.hasMaps() && sheet.hasMaps()
                ? layer.sees(in.maps(), in.height(), in.width()).orElse(null)
                : null;
    }

    /** The part of the image that the unit sees, as far as the layers tell. */
    private void tellImage() {
        MapSheet image = opened.sheet(0);
        Layer layer = opened.layerOf(number);
        if (layer == null || !image.hasMaps() || !sheet.hasMaps()) {
            return;
        }
        try {
            Region seen = ReceptiveField.of(opened.network(), layer.name())
                    .region(row, column)
                    .inside(image.height(), image.width());
            answer.put(
                    "image",
                    Map.of("top", seen.top(), "left", seen.left(), "height", seen.height(), "width", seen.width()));
            lines.add(Text.of("Of the image it sees %d × %d pixels: %s", seen.height(), seen.width(), seen));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // it is not known how a layer below looks at its input: then nothing is marked
        }
    }

    /** Where the value goes on to: the unit above in which it weighs most. */
    private void tellNext() {
        Layer next = opened.layerOf(number + 1);
        if (number + 1 >= opened.sheets().size()) {
            return;
        }
        MapSheet above = opened.sheet(number + 1);
        if (next instanceof Affine affine) {
            Tensor W = affine.W().value();
            double[] weights = new double[W.size(1)];
            for (int o = 0; o < weights.length; o++) {
                weights[o] = W.get(index, o);
            }
            stepTo("forth", number + 1, largest(weights));
        } else if (above.values().length == sheet.values().length) {
            stepTo("forth", number + 1, index);
        } else if (next != null && sheet.hasMaps() && above.hasMaps()) {
            next.sees(sheet.maps(), sheet.height(), sheet.width()).ifPresent(window -> {
                int y = covering(row, above.height(), i -> window.rows(i, sheet.height()));
                int x = covering(column, above.width(), i -> window.columns(i, sheet.width()));
                if (y >= 0 && x >= 0) {
                    stepTo("forth", number + 1, above.index(filterThatWeighsMost(next, window, y, x), y, x));
                } else {
                    lines.add(Text.of("No window of %s reads it", above.name()));
                }
            });
        }
    }

    private int filterThatWeighsMost(Layer next, Window window, int y, int x) {
        if (!(next instanceof Convolution convolution)) {
            return Math.min(map, opened.sheet(number + 1).maps() - 1);
        }
        Tensor W = convolution.W().value();
        int perGroup = W.size(0) / convolution.groups(), group = map / W.size(1);
        double[] weights = new double[W.size(0)];
        for (int f = group * perGroup; f < (group + 1) * perGroup; f++) {
            weights[f] = W.get(f, map % W.size(1), row - window.top(y), column - window.left(x));
        }
        return largest(weights);
    }

    /** The middle one of the windows that read a row or column; -1 if none does. */
    private static int covering(int at, int windows, java.util.function.IntFunction<Window.Span> span) {
        int[] all = IntStream.range(0, windows)
                .filter(i -> span.apply(i).from() <= at && at < span.apply(i).to())
                .toArray();
        return all.length == 0 ? -1 : all[all.length / 2];
    }

    private void stepTo(String kind, int to, int unit) {
        steps.add(step(kind, to, unit, ""));
    }

    private Map<String, Object> step(String kind, int to, int unit, String text) {
        MapSheet other = opened.sheet(to);
        int cells = other.height() * other.width();
        return Map.of(
                "kind",
                kind,
                "sheet",
                to,
                "map",
                unit / cells,
                "row",
                unit / other.width() % other.height(),
                "column",
                unit % other.width(),
                "place",
                other.place(unit),
                "text",
                text);
    }
}

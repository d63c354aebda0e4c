package cnnkit.homework;

import cnnkit.im2col.Window;
import cnnkit.layer.AveragePooling;
import cnnkit.layer.Layer;
import cnnkit.layer.MaxPooling;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** A pooling layer: the largest value of each window, or their mean. */
final class PoolingTask extends LayerTask {
    private static final Reading[] BOTH = {
        Reading.CHANNELS_LAST,
        Reading.COLUMNS_FIRST,
        Reading.IMAGES_LAST,
        Reading.FIRST_IMAGE,
        Reading.OVER_ALL_CHANNELS
    };
    private static final List<Reading> FORWARD_MAXIMUM =
            more(Reading.OUTPUT_RESHAPED, Reading.PADDED_WITH_ZERO, Reading.BEGINS_AT_ZERO);
    private static final List<Reading> FORWARD_AVERAGE = more(
            Reading.OUTPUT_RESHAPED,
            Reading.COUNTS_WINDOW,
            Reading.COUNTS_WINDOW_ROWS,
            Reading.COUNTS_WINDOW_COLUMNS,
            Reading.COUNTS_STRIDE,
            Reading.COUNTS_STRIDE_SQUARED,
            Reading.EDGE_REPEATED);
    private static final List<Reading> BACKWARD_MAXIMUM = more(
            Reading.DOUT_RESHAPED,
            Reading.EVERY_TIE,
            Reading.WHOLE_TO_EACH_CELL,
            Reading.SHARED_BY_WINDOW,
            Reading.SHARED_BY_CELLS_INSIDE,
            Reading.WINNER_SET,
            Reading.WINDOW_SET,
            Reading.WINDOW_SET_BY_CELLS,
            Reading.WITH_PADDING,
            Reading.WITH_PADDING_AND_MORE);
    private static final List<Reading> BACKWARD_AVERAGE = more(
            Reading.DOUT_RESHAPED,
            Reading.WHOLE_TO_EACH_CELL,
            Reading.WINDOW_SET,
            Reading.WINDOW_SET_BY_CELLS,
            Reading.COUNTS_WINDOW,
            Reading.COUNTS_WINDOW_ROWS,
            Reading.COUNTS_WINDOW_COLUMNS,
            Reading.COUNTS_STRIDE,
            Reading.COUNTS_STRIDE_SQUARED,
            Reading.WITH_PADDING,
            Reading.WITH_PADDING_AND_MORE);

    private final Function<Window, Layer> yours;
    private final boolean maximum;

    private PoolingTask(Function<Window, Layer> yours, boolean maximum) {
        this.yours = yours;
        this.maximum = maximum;
    }

    static PoolingTask maximum(Function<Window, Layer> yours) {
        return new PoolingTask(yours, true);
    }

    static PoolingTask average(Function<Window, Layer> yours) {
        return new PoolingTask(yours, false);
    }

    private static List<Reading> more(Reading... more) {
        List<Reading> all = new ArrayList<>(UnfoldingTask.with(BOTH));
        all.addAll(List.of(more));
        return List.copyOf(all);
    }

    @Override
    String name() {
        return maximum ? "max pooling" : "average pooling";
    }

    @Override
    List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Places.Place place : Places.ALL_PLACES) {
            if (place.feature() != Case.Feature.FILTERS) {
                Random random = Draw.random(cases.size());
                int count = Tensor.zeros(place.shape()).length();
                boolean negative = cases.size() % 2 == 1; // there a zero would win
                Tensor x = Draw.distinct(random, negative ? -1 : count * 2 / 3, place.shape());
                cases.add(with(place.feature(), x, place.window(), random));
            }
        }
        if (maximum) {
            cases.add(tie(Window.of(2), 2, 2, 5, 5, 5, 5));
            cases.add(tie(Window.of(2).stride(2), 2, 4, 7, 1, -3, -2, 2, 7, -2, -2));
            cases.add(tie(Window.of(2), 3, 3, 1, 8, 2, 3, 0, 4, 8, 5, 8));
            cases.add(tie(Window.of(2), 2, 3, 6, 1, 6, 6, 2, 6));
        }
        return cases;
    }

    private static Case tie(Window window, int height, int width, float... values) {
        return with(Case.Feature.TIES, Tensor.of(values, 1, 1, height, width), window, new Random(height));
    }

    private static Case with(Case.Feature feature, Tensor x, Window window, Random random) {
        int OH = window.outputHeight(x.size(2)), OW = window.outputWidth(x.size(3));
        Tensor dout = Draw.whole(random, x.size(0), x.size(1), OH, OW);
        return new Case(feature, x, null, null, null, window, dout);
    }

    @Override
    Layer make(Case the) {
        return yours.apply(the.window());
    }

    @Override
    Class<?>[] ours() {
        return new Class<?>[] {maximum ? MaxPooling.class : AveragePooling.class};
    }

    @Override
    int conventions() {
        return maximum ? Pool.Ties.values().length : 2;
    }

    @Override
    Outcome model(Quantity quantity, Case the, Set<Reading> ways, int convention) {
        return maximum
                ? Pool.maximum(quantity, the, ways, Pool.Ties.values()[convention])
                : Pool.average(quantity, the, ways, convention == 1);
    }

    @Override
    List<Reading> readings(Quantity quantity) {
        if (quantity == Quantity.OUT) {
            return maximum ? FORWARD_MAXIMUM : FORWARD_AVERAGE;
        }
        return maximum ? BACKWARD_MAXIMUM : BACKWARD_AVERAGE;
    }
}

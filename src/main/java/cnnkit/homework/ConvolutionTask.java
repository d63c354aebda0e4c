package cnnkit.homework;

import cnnkit.layer.Convolution;
import cnnkit.layer.Layer;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A convolution layer. */
final class ConvolutionTask extends LayerTask {
    private static final List<Reading> FORWARD = UnfoldingTask.with(
            Reading.HEIGHT_FOR_WIDTH_FLAT,
            Reading.HEIGHT_FOR_WIDTH_FLAT_COUNTED,
            Reading.WIDTH_FOR_HEIGHT_FLAT,
            Reading.WIDTH_FOR_HEIGHT_FLAT_COUNTED,
            Reading.EDGE_REPEATED,
            Reading.CHANNELS_LAST,
            Reading.KERNEL_COLUMNS_FIRST,
            Reading.COLUMNS_FIRST,
            Reading.IMAGES_LAST,
            Reading.FIRST_IMAGE,
            Reading.FLIPPED,
            Reading.WEIGHTS_RESHAPED,
            Reading.WEIGHTS_AS_THEY_ARE,
            Reading.OUTPUT_RESHAPED,
            Reading.OUTPUT_RESHAPED_WITH_BIAS,
            Reading.NO_BIAS,
            Reading.BIAS_WITH_PRODUCTS,
            Reading.BIAS_WITH_PRODUCTS_INSIDE,
            Reading.BIAS_OF_PLACE,
            Reading.BIAS_OF_INDEX,
            Reading.BIAS_OF_COLUMN,
            Reading.BIAS_OF_ROW,
            Reading.BIAS_OF_IMAGE,
            Reading.MEAN_OF_CHANNELS,
            Reading.CHANNEL_0,
            Reading.CHANNEL_0_FOR_ALL);
    private static final List<Reading> DX = UnfoldingTask.with(
            Reading.CHANNELS_LAST,
            Reading.KERNEL_COLUMNS_FIRST,
            Reading.COLUMNS_FIRST,
            Reading.IMAGES_LAST,
            Reading.FIRST_IMAGE,
            Reading.INTO_FIRST_IMAGE,
            Reading.FLIPPED,
            Reading.WEIGHTS_RESHAPED,
            Reading.WEIGHTS_AS_THEY_ARE,
            Reading.DOUT_RESHAPED,
            Reading.DIVIDED_BY_BATCH,
            Reading.LAST_WINDOW_WINS,
            Reading.LAST_CELL_WINS,
            Reading.MEAN_OF_OVERLAPS,
            Reading.WITH_PADDING,
            Reading.WITH_PADDING_AND_MORE);
    private static final List<Reading> DW = UnfoldingTask.with(
            Reading.EDGE_REPEATED,
            Reading.CHANNELS_LAST,
            Reading.COLUMNS_FIRST,
            Reading.IMAGES_LAST,
            Reading.FIRST_IMAGE,
            Reading.CHANNEL_0_FOR_ALL,
            Reading.DOUT_RESHAPED,
            Reading.DIVIDED_BY_BATCH,
            Reading.GRADIENT_RESHAPED,
            Reading.GRADIENT_COLUMNS_FIRST);
    private static final List<Reading> DB = List.of(
            Reading.DOUT_RESHAPED,
            Reading.DIVIDED_BY_BATCH,
            Reading.DB_AT_FIRST_POSITION,
            Reading.DB_AT_LAST_POSITION,
            Reading.DB_OF_FIRST_IMAGE,
            Reading.DB_OF_LAST_IMAGE,
            Reading.DB_FIRST_VALUE,
            Reading.DB_LAST_VALUE);

    private final ConvolutionMaker yours;

    ConvolutionTask(ConvolutionMaker yours) {
        this.yours = yours;
    }

    @Override
    String name() {
        return "convolution";
    }

    @Override
    List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Places.Place place : Places.ALL_PLACES) {
            Random random = Draw.random(cases.size());
            int N = place.shape()[0], C = place.shape()[1], FN = place.filters();
            boolean exact = place.feature() != Case.Feature.ALL;
            Tensor x = exact ? place.whole(random) : Draw.quarters(random, place.shape());
            Tensor W = Draw.whole(
                    random, FN, C, place.window().kernelHeight(), place.window().kernelWidth());
            Tensor b = Draw.distinct(random, 9, FN);
            Tensor dout = Draw.whole(random, N, FN, place.outputHeight(), place.outputWidth());
            cases.add(new Case(place.feature(), x, null, W, b, place.window(), dout));
        }
        return cases;
    }

    @Override
    List<Quantity> quantities() {
        return List.of(Quantity.OUT, Quantity.DX, Quantity.DW, Quantity.DB);
    }

    @Override
    Layer make(Case the) throws Exception {
        return yours.of(the.W(), the.b(), the.window());
    }

    @Override
    Class<?>[] ours() {
        return new Class<?>[] {Convolution.class};
    }

    @Override
    Outcome model(Quantity quantity, Case the, Set<Reading> ways, int convention) {
        return Convolve.of(quantity, the, ways);
    }

    @Override
    List<Reading> readings(Quantity quantity) {
        return switch (quantity) {
            case OUT -> FORWARD;
            case DX -> DX;
            case DW -> DW;
            case DB -> DB;
        };
    }
}

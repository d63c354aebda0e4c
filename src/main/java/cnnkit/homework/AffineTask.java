package cnnkit.homework;

import cnnkit.layer.Affine;
import cnnkit.layer.Layer;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;

/** A fully connected layer. */
final class AffineTask extends LayerTask {
    private static final List<Reading> FORWARD = List.of(
            Reading.NO_BIAS,
            Reading.BIAS_WITH_PRODUCTS,
            Reading.BIAS_OF_IMAGE,
            Reading.WEIGHTS_RESHAPED,
            Reading.WEIGHTS_AS_THEY_ARE,
            Reading.FIRST_IMAGE);
    private static final List<Reading> DX =
            List.of(Reading.WEIGHTS_RESHAPED, Reading.WEIGHTS_AS_THEY_ARE, Reading.DIVIDED_BY_BATCH);
    private static final List<Reading> DW =
            List.of(Reading.FIRST_IMAGE, Reading.GRADIENT_RESHAPED, Reading.DIVIDED_BY_BATCH);
    private static final List<Reading> DB =
            List.of(Reading.DB_OF_FIRST_IMAGE, Reading.DB_OF_LAST_IMAGE, Reading.DIVIDED_BY_BATCH);
    private static final int[][] SIZES = { // N, inputs, outputs
        {1, 1, 1}, {1, 3, 1}, {1, 2, 2}, {1, 3, 2}, {1, 3, 3}, {2, 1, 1}, {2, 2, 2}, {3, 2, 4}, {4, 3, 3}, {5, 6, 4},
        {6, 4, 5}
    };

    private final BiFunction<Tensor, Tensor, Layer> yours;

    AffineTask(BiFunction<Tensor, Tensor, Layer> yours) {
        this.yours = yours;
    }

    @Override
    String name() {
        return "the affine layer";
    }

    @Override
    List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (int[] size : SIZES) {
            Random random = Draw.random(cases.size());
            Case.Feature feature = size[0] > 4
                    ? Case.Feature.ALL
                    : size[0] > 1
                            ? Case.Feature.BATCH
                            : size[1] * size[2] > 1 ? Case.Feature.ROW : Case.Feature.ONE_NUMBER;
            Tensor x = feature == Case.Feature.ALL
                    ? Draw.quarters(random, size[0], size[1])
                    : Draw.whole(random, size[0], size[1]);
            cases.add(new Case(
                    feature,
                    x,
                    null,
                    Draw.whole(random, size[1], size[2]),
                    Draw.distinct(random, 9, size[2]),
                    null,
                    Draw.whole(random, size[0], size[2])));
        }
        return cases;
    }

    @Override
    List<Quantity> quantities() {
        return List.of(Quantity.OUT, Quantity.DX, Quantity.DW, Quantity.DB);
    }

    @Override
    Layer make(Case the) {
        return yours.apply(the.W(), the.b());
    }

    @Override
    Class<?>[] ours() {
        return new Class<?>[] {Affine.class};
    }

    @Override
    Outcome model(Quantity quantity, Case the, Set<Reading> ways, int convention) {
        return Connect.of(quantity, the, ways);
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

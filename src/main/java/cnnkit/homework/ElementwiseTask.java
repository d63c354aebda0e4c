package cnnkit.homework;

import cnnkit.layer.Layer;
import cnnkit.layer.Relu;
import cnnkit.layer.Sigmoid;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** A layer that bends each value on its own: ReLU, or the sigmoid. */
final class ElementwiseTask extends LayerTask {
    private static final int[][] SHAPES = {{1, 1}, {1, 4}, {3, 4}, {2, 2, 3, 4}, {2, 1, 4, 3}};
    private static final Case.Feature[] FEATURES = {
        Case.Feature.ONE_NUMBER, Case.Feature.ROW, Case.Feature.BATCH, Case.Feature.IMAGES, Case.Feature.IMAGES
    };
    private static final double FLOAT_LIMIT = 88.8, DOUBLE_LIMIT = 709.8; // exp of more is infinite
    private static final float LARGE = 1000; // exp overflows a float at 89 and a double at 710

    private final Supplier<Layer> yours;
    private final boolean sigmoid;

    private ElementwiseTask(Supplier<Layer> yours, boolean sigmoid) {
        this.yours = yours;
        this.sigmoid = sigmoid;
    }

    static ElementwiseTask relu(Supplier<Layer> yours) {
        return new ElementwiseTask(yours, false);
    }

    static ElementwiseTask sigmoid(Supplier<Layer> yours) {
        return new ElementwiseTask(yours, true);
    }

    @Override
    String name() {
        return sigmoid ? "sigmoid" : "ReLU";
    }

    @Override
    List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < SHAPES.length; i++) {
            Random random = Draw.random(i);
            Tensor x = Draw.whole(random, SHAPES[i]);
            cases.add(with(FEATURES[i], sigmoid ? x.map(v -> v / 3) : x, random));
        }
        cases.add(with(Case.Feature.ROW, row(-2, -0.5f, 0.5f, 2), new Random(1)));
        if (sigmoid) {
            cases.add(with(Case.Feature.EXTREMES, row(LARGE, 100, -100, -LARGE), new Random(2)));
            cases.add(with(Case.Feature.EXTREMES, row(-LARGE, LARGE), new Random(3)));
        }
        return cases;
    }

    private static Tensor row(float... values) {
        return Tensor.of(values, 1, values.length);
    }

    private static Case with(Case.Feature feature, Tensor x, Random random) {
        return new Case(feature, x, null, null, null, null, Draw.whole(random, x.shape()));
    }

    @Override
    Layer make(Case the) {
        return yours.get();
    }

    @Override
    Class<?>[] ours() {
        return new Class<?>[] {sigmoid ? Sigmoid.class : Relu.class};
    }

    @Override
    Outcome model(Quantity quantity, Case the, Set<Reading> ways, int convention) {
        Tensor result = the.x().copy();
        for (int i = 0; i < result.length(); i++) {
            double x = the.x().data()[i], dout = the.dout().data()[i];
            double y = sigmoid ? 1 / (1 + StrictMath.exp(-x)) : Math.max(x, 0);
            boolean passes = ways.contains(Reading.MASK_OF_DOUT) ? dout > 0 : x > 0;
            y = sigmoid && overflows(x, ways) ? Double.NaN : y;
            double slope = sigmoid ? y * (1 - y) : passes ? 1 : 0;
            result.data()[i] = (float) (quantity == Quantity.OUT ? y : slope == 0 ? 0 : dout * slope);
        }
        return Outcome.of(result);
    }

    @Override
    List<Reading> readings(Quantity quantity) {
        if (sigmoid) {
            return List.of(
                    Reading.EXP_OF_X, Reading.EXP_OF_X_FLOATS, Reading.EXP_OF_MINUS_X, Reading.EXP_OF_MINUS_X_FLOATS);
        }
        return quantity == Quantity.OUT ? List.of() : List.of(Reading.MASK_OF_DOUT);
    }

    /** Whether infinity is divided by infinity. */
    private static boolean overflows(double x, Set<Reading> ways) {
        return ways.contains(Reading.EXP_OF_X) && x > DOUBLE_LIMIT
                || ways.contains(Reading.EXP_OF_X_FLOATS) && x > FLOAT_LIMIT
                || ways.contains(Reading.EXP_OF_MINUS_X) && -x > DOUBLE_LIMIT
                || ways.contains(Reading.EXP_OF_MINUS_X_FLOATS) && -x > FLOAT_LIMIT;
    }
}

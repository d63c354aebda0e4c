package cnnkit.homework;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** col2im. */
final class FoldingTask extends FunctionTask {
    private static final List<Reading> READINGS = UnfoldingTask.with(
            Reading.EDGE_REPEATED,
            Reading.SWAPPED,
            Reading.SWAPPED_RESHAPED,
            Reading.SWAPPED_TRANSPOSED,
            Reading.CHANNELS_LAST,
            Reading.KERNEL_COLUMNS_FIRST,
            Reading.COLUMNS_FIRST,
            Reading.IMAGES_LAST,
            Reading.FIRST_IMAGE,
            Reading.INTO_FIRST_IMAGE,
            Reading.LAST_WINDOW_WINS,
            Reading.LAST_CELL_WINS,
            Reading.MEAN_OF_OVERLAPS,
            Reading.WITH_PADDING,
            Reading.WITH_PADDING_AND_MORE);

    private final Folding yours;

    FoldingTask(Folding yours) {
        this.yours = yours;
    }

    @Override
    String name() {
        return "col2im";
    }

    @Override
    List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Places.Place place : Places.ALL_PLACES) {
            if (place.feature() != Case.Feature.FILTERS) {
                cases.add(of(place.feature(), place.shape(), place.window(), Draw.random(cases.size())));
            }
        }
        return cases;
    }

    private static Case of(Case.Feature feature, int[] shape, Window window, Random random) {
        int rows = shape[0] * window.outputHeight(shape[2]) * window.outputWidth(shape[3]);
        int columns = shape[1] * window.kernelHeight() * window.kernelWidth();
        return new Case(feature, Draw.whole(random, rows, columns), shape, null, null, window, null);
    }

    @Override
    Tensor call(Case the) throws Exception {
        return yours.of(the.x(), the.shape(), the.window());
    }

    @Override
    List<Case> others(Case the) {
        int[] shape = the.shape();
        Window w = the.window();
        return List.of(
                of(the.feature(), shape, w, new Random(4)),
                of(the.feature(), new int[] {shape[0], shape[1], shape[3], shape[2]}, turned(w), new Random(5)));
    }

    @Override
    List<Case> unasked(int round) {
        int[] shape = {1, 1, 17 + round, 23 + round}, turned = {1, 1, 23 + round, 17 + round};
        Random random = new Random(round);
        return List.of(
                of(Case.Feature.ALL, shape, Window.of(2), random),
                of(Case.Feature.ALL, shape, Window.of(2), random),
                of(Case.Feature.ALL, shape, Window.of(3).padding(1), random),
                of(Case.Feature.ALL, turned, Window.of(2), random));
    }

    @Override
    Outcome model(Quantity quantity, Case the, Set<Reading> ways, int convention) {
        return Fold.of(the.x(), the.shape(), the.window(), ways);
    }

    @Override
    List<Reading> readings(Quantity quantity) {
        return READINGS;
    }

    @Override
    Optional<Class<?>> libraryIn() {
        Outcome refused =
                Answers.outcomeOf("", () -> yours.of(Tensor.zeros(1, 1), new int[] {1, 1, 1, 0}, Window.of(2)));
        return refused.isValue() ? Optional.empty() : through(refused.thrown(), Im2col.class);
    }
}

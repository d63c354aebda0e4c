package cnnkit.homework;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** im2col. */
final class UnfoldingTask extends FunctionTask {
    private static final List<Reading> READINGS = with(
            Reading.EDGE_REPEATED,
            Reading.SWAPPED,
            Reading.CHANNELS_LAST,
            Reading.KERNEL_COLUMNS_FIRST,
            Reading.COLUMNS_FIRST,
            Reading.IMAGES_LAST,
            Reading.FIRST_IMAGE,
            Reading.CHANNEL_0_FOR_ALL);

    private final Unfolding yours;

    UnfoldingTask(Unfolding yours) {
        this.yours = yours;
    }

    /** The readings of where a window stands, and some more. */
    static List<Reading> with(Reading... more) {
        List<Reading> all = new ArrayList<>(Reading.OF_PLACES);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }

    @Override
    String name() {
        return "im2col";
    }

    @Override
    List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Places.Place place : Places.ALL_PLACES) {
            if (place.feature() != Case.Feature.FILTERS) {
                Tensor x = place.whole(Draw.random(cases.size()));
                cases.add(new Case(place.feature(), x, null, null, null, place.window(), null));
            }
        }
        return cases;
    }

    @Override
    Tensor call(Case the) throws Exception {
        return yours.of(the.x(), the.window());
    }

    @Override
    List<Case> others(Case the) {
        int[] shape = the.x().shape();
        Window w = the.window();
        Random random = new Random(4);
        return List.of(
                the.with(Draw.whole(random, shape), null, null),
                new Case(
                        the.feature(),
                        Draw.whole(random, shape[0], shape[1], shape[3], shape[2]),
                        null,
                        null,
                        null,
                        turned(w),
                        null));
    }

    @Override
    List<Case> unasked(int round) {
        int H = 17 + round, W = 23 + round;
        Random random = new Random(round);
        return List.of(
                unasked(Draw.whole(random, 1, 1, H, W), Window.of(2)),
                unasked(Draw.whole(random, 1, 1, H, W), Window.of(2)),
                unasked(Draw.whole(random, 1, 1, H, W), Window.of(3).padding(1)),
                unasked(Draw.whole(random, 1, 1, W, H), Window.of(2)));
    }

    private static Case unasked(Tensor x, Window window) {
        return new Case(Case.Feature.ALL, x, null, null, null, window, null);
    }

    @Override
    Outcome model(Quantity quantity, Case the, Set<Reading> ways, int convention) {
        return Unfold.of(the.x(), the.window(), ways);
    }

    @Override
    List<Reading> readings(Quantity quantity) {
        return READINGS;
    }

    @Override
    Optional<Class<?>> libraryIn() {
        Outcome refused = Answers.outcomeOf("", () -> yours.of(Tensor.zeros(1, 1, 1, 0), Window.of(2)));
        return refused.isValue() ? Optional.empty() : through(refused.thrown(), Im2col.class);
    }
}

package cnnkit.homework;

import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The size of the output, along one side of the image. Where the stride does not divide: floored or refused. */
final class SizeTask extends FunctionTask {
    private static final List<Reading> READINGS = List.of(
            Reading.SIZE_WITHOUT_PADDING,
            Reading.SIZE_WITH_PADDING_ONCE,
            Reading.SIZE_WITHOUT_ONE,
            Reading.SIZE_ROUNDED_UP,
            Reading.SIZE_WITHOUT_STRIDE);
    private static final int[][] ONE = {{1, 1, 1, 0}, {3, 3, 1, 0}};
    private static final int[][] MOVES = {{4, 3, 1, 0}, {28, 5, 1, 0}, {7, 2, 1, 0}};
    private static final int[][] STRIDE = {{7, 3, 2, 0}, {28, 2, 2, 0}, {9, 3, 3, 0}};
    private static final int[][] PADDING = {{4, 3, 1, 1}, {28, 5, 1, 2}, {5, 2, 1, 1}};
    private static final int[][] ALL = {{7, 3, 2, 1}, {227, 11, 4, 0}, {13, 3, 2, 1}, {8, 4, 2, 2}, {9, 4, 3, 2}};
    private static final int[][] REMAINDER = {{8, 3, 2, 0}, {28, 3, 2, 0}, {10, 4, 4, 1}};

    private final SizeRule yours;

    SizeTask(SizeRule yours) {
        this.yours = yours;
    }

    @Override
    String name() {
        return "the output size";
    }

    @Override
    List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        add(cases, Case.Feature.ONE_WINDOW, ONE);
        add(cases, Case.Feature.MOVES, MOVES);
        add(cases, Case.Feature.STRIDE, STRIDE);
        add(cases, Case.Feature.PADDING, PADDING);
        add(cases, Case.Feature.ALL, ALL);
        add(cases, Case.Feature.REMAINDER, REMAINDER);
        return cases;
    }

    private static void add(List<Case> cases, Case.Feature feature, int[][] sizes) {
        for (int[] each : sizes) {
            Window window = Window.of(each[1]).stride(each[2]).padding(each[3]).remainder(Remainder.FLOOR);
            cases.add(new Case(feature, null, new int[] {each[0]}, null, null, window, null));
        }
    }

    @Override
    Tensor call(Case the) throws Exception {
        Window w = the.window();
        return number(yours.of(the.shape()[0], w.kernelHeight(), w.strideHeight(), w.paddingHeight()));
    }

    private static Tensor number(int size) {
        return Tensor.of(new float[] {size}, 1);
    }

    @Override
    List<Case> others(Case the) {
        return List.of(new Case(
                the.feature(),
                null,
                new int[] {12},
                null,
                null,
                Window.of(4).stride(2).padding(1),
                null));
    }

    @Override
    List<Case> unasked(int round) {
        List<Case> questions = new ArrayList<>();
        int size = 101 + 12 * round;
        add(questions, Case.Feature.ALL, new int[][] {{size, 5, 1, 0}, {size, 5, 1, 2}, {size, 5, 2, 0}, {size, 3, 1, 0}
        });
        return questions;
    }

    @Override
    int conventions() {
        return 2;
    }

    @Override
    Outcome model(Quantity quantity, Case the, Set<Reading> ways, int convention) {
        int size = the.shape()[0];
        Window w = the.window();
        boolean refuses = convention == 1 && (size + 2 * w.paddingHeight() - w.kernelHeight()) % w.strideHeight() != 0;
        return refuses ? Outcome.exception() : Outcome.of(number(new Slide(size, size, w, ways).OH));
    }

    @Override
    List<Reading> readings(Quantity quantity) {
        return READINGS;
    }

    @Override
    Optional<Class<?>> libraryIn() {
        Outcome refused = Answers.outcomeOf("", () -> number(yours.of(1, 3, 1, 0)));
        return refused.isValue() ? Optional.empty() : through(refused.thrown(), Window.class);
    }
}

package cnnkit.tensor;

import java.util.Objects;

/**
 * How one tensor differs from what was expected: in its shape, or else in how many numbers, where first and where most.
 * <pre>
 *     Tensor.difference(mine, expected)      12 of 16 numbers differ, first at [1, 0]: yours 8, expected -5; most at [2, 3]: ...
 * </pre>
 * Two NaN are the same number here, and a NaN beside a number differs most of all.
 */
public final class Difference {
    private static final int NONE = -1;

    private final Tensor mine;
    private final Tensor expected;
    private final double tolerance; // absolute
    private final boolean sameShape;
    private int count;
    private int first = NONE;
    private int most = NONE;

    private Difference(Tensor mine, Tensor expected, double relative) {
        this.mine = Objects.requireNonNull(mine, "mine");
        this.expected = Objects.requireNonNull(expected, "expected");
        sameShape = mine.hasShape(expected.shape());
        tolerance = relative == 0 ? 0 : relative * Math.max(1, largest(expected));
        double largest = 0;
        for (int i = 0; sameShape && i < mine.length(); i++) {
            if (isAt(i)) {
                count++;
                first = first == NONE ? i : first;
                double distance = distance(i);
                most = most == NONE || distance > largest ? i : most;
                largest = Math.max(largest, distance);
            }
        }
    }

    /**
     * Every difference, however small.
     *
     * @param mine what came
     * @param expected what should have come
     * @return the difference
     */
    static Difference between(Tensor mine, Tensor expected) {
        return new Difference(mine, expected, 0);
    }

    /**
     * Only what is larger than another order of adding up explains.
     *
     * @param mine what came
     * @param expected what should have come
     * @param relative to the largest number that is expected, or to 1 if that is smaller: 1e-4, say
     * @return the difference
     */
    public static Difference beyond(double relative, Tensor mine, Tensor expected) {
        return new Difference(mine, expected, relative);
    }

    private static double largest(Tensor tensor) {
        double largest = 0;
        for (float value : tensor.data()) {
            largest = Float.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
        }
        return largest;
    }

    private double distance(int place) {
        double distance = Math.abs((double) mine.data()[place] - expected.data()[place]);
        return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
    }

    /**
     * Whether there is none.
     *
     * @return whether shape and numbers are the same
     */
    public boolean isNone() {
        return sameShape && count == 0;
    }

    /**
     * How many numbers differ.
     *
     * @return from 0; all of them where the shapes differ
     */
    public int count() {
        return sameShape ? count : mine.length();
    }

    /**
     * Whether the shapes are the same.
     *
     * @return if they are not, no numbers are compared
     */
    public boolean hasSameShape() {
        return sameShape;
    }

    /**
     * Whether a number differs.
     *
     * @param place in row-major order
     * @return yes also where the shapes differ
     */
    public boolean isAt(int place) {
        if (!sameShape) {
            return true;
        }
        float m = mine.data()[place], e = expected.data()[place];
        boolean same = m == e || Float.isNaN(m) && Float.isNaN(e) || Math.abs((double) m - e) <= tolerance;
        return !same;
    }

    /**
     * The place of the first number that differs.
     *
     * @return in row-major order; 0 if none differs, or the shape does
     */
    public int first() {
        return Math.max(first, 0);
    }

    /** The difference in words; {@code no difference} if there is none. */
    @Override
    public String toString() {
        if (!sameShape) {
            return Text.of("the shape is %s, expected %s", Shapes.text(mine.shape()), Shapes.text(expected.shape()));
        }
        if (count == 0) {
            return Text.of("no difference");
        }
        String words = Text.of("%d of %d numbers differ, first at %s", count, mine.length(), at(first));
        return most == first ? words : Text.of("%s; most at %s", words, at(most));
    }

    private String at(int place) {
        int[] index = new int[mine.rank()];
        for (int axis = index.length - 1, rest = place; axis >= 0; rest /= mine.size(axis), axis--) {
            index[axis] = rest % mine.size(axis);
        }
        return Text.of(
                "%s: yours %s, expected %s",
                Shapes.text(index), number(mine.data()[place]), number(expected.data()[place]));
    }

    private static String number(float value) {
        return value == (int) value ? Text.of("%d", (int) value) : Text.of("%s", value);
    }
}

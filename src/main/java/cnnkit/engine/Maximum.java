package cnnkit.engine;

/**
 * Which of several values is the largest: the first of equal ones, and a NaN beats every number, because an error upstream
 * must not vanish in a maximum.
 *
 * <p>Max pooling, argmax and the figures that show them all ask here, so that the value, the place it came from, and the
 * way of its gradient never disagree.
 */
public final class Maximum {
    private Maximum() {}

    /**
     * Whether a later value takes the place of the largest one so far.
     *
     * @param later the value that comes later
     * @param largest the largest one before it
     * @return whether it is larger, or the first NaN
     */
    public static boolean beats(float later, float largest) {
        return !(later <= largest) & largest == largest; // no branch: who wins is a toss-up for the processor
    }

    /**
     * The same in double precision.
     *
     * @param later the value that comes later
     * @param largest the largest one before it
     * @return whether it is larger, or the first NaN
     */
    public static boolean beats(double later, double largest) {
        return !(later <= largest) & largest == largest;
    }

    /**
     * The position of the largest value of a piece of an array.
     *
     * @param values where they lie
     * @param from the first one
     * @param to one past the last one; larger than {@code from}
     * @return its position in the array
     */
    public static int position(float[] values, int from, int to) {
        int winner = from;
        for (int i = from + 1; i < to; i++) {
            winner = beats(values[i], values[winner]) ? i : winner;
        }
        return winner;
    }
}

package cnnkit.engine;

/**
 * Rows of a matrix that lie anywhere in an array: element (r, j) is {@code data[at + begins[r] + j]}.
 *
 * <p>So the rows may be those of a real matrix, or runs of one image, shifted, which overlap: then no matrix has to be made.
 *
 * @param data where the numbers lie
 * @param at where the matrix begins
 * @param begins for each row where it begins, counted from there
 */
public record Rows(float[] data, int at, int[] begins) {

    /**
     * A matrix whose rows lie one behind the other.
     *
     * @param data where the numbers lie
     * @param at where the first row begins
     * @param step from one row to the next
     * @param count how many rows
     * @return its rows
     */
    public static Rows of(float[] data, int at, int step, int count) {
        return new Rows(data, at, every(step, count));
    }

    /**
     * Where rows begin that lie one behind the other.
     *
     * @param step from one row to the next
     * @param count how many rows
     * @return 0, step, 2 * step, ...
     */
    public static int[] every(int step, int count) {
        int[] begins = new int[count];
        for (int i = 0; i < count; i++) {
            begins[i] = i * step;
        }
        return begins;
    }

    /**
     * How many rows there are.
     *
     * @return their number
     */
    public int count() {
        return begins.length;
    }

    /** Where row r begins in the array. */
    int begin(int r) {
        return at + begins[r];
    }
}

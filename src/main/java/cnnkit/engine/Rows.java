package cnnkit.engine;

/**
 * Rows of a matrix that lie anywhere in an array: element (r, j) is {@code data[at + begins[r] + j]}.
 *
 * <p>So the rows may be those of a real matrix, or runs of one image, shifted, which overlap: then no matrix has to be made.
 *
 * @param data where the numbers lie
 * @param at where the matrix begins
 * @param begins for each row where it begins, counted from there
 * @param packed the numbers of six rows once more, see {@link #roomToPack}; or null
 */
public record Rows(float[] data, int at, int[] begins, float[] packed) {
    /** Rows that are packed together: those of a tile of the vector kernel. */
    public static final int SIX = 6;

    /**
     * Rows that lie in one place only.
     *
     * @param data where the numbers lie
     * @param at where the matrix begins
     * @param begins for each row where it begins, counted from there
     */
    public Rows(float[] data, int at, int[] begins) {
        this(data, at, begins, null);
    }

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
     * Six rows that are kept twice: as they lie, and packed, number j of row r at {@code 6 * j + r}. A kernel then needs one
     * index for all six, and a fifth to a quarter fewer instructions. Libraries for matrix products call this a packed panel.
     * <pre>
     *     as they lie    a a a ...  b b b ...  c c c ...  d d d ...  e e e ...  f f f ...
     *     packed         a b c d e f  a b c d e f  ...
     * </pre>
     *
     * @param length numbers in a row
     * @return the same rows, of which there must be six, with room for their numbers; {@link #repack} copies them
     */
    public Rows roomToPack(int length) {
        return new Rows(data, at, begins, new float[SIX * length]);
    }

    /** Copies the numbers of rows with room to pack them; again whenever the numbers have changed. */
    public void repack() {
        int a = begin(0), b = begin(1), c = begin(2), d = begin(3), e = begin(4), f = begin(5);
        for (int to = 0; to < packed.length; to += SIX) {
            packed[to] = data[a++];
            packed[to + 1] = data[b++];
            packed[to + 2] = data[c++];
            packed[to + 3] = data[d++];
            packed[to + 4] = data[e++];
            packed[to + 5] = data[f++];
        }
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

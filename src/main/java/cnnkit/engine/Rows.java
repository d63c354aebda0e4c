package cnnkit.engine;

/** Tables of where rows begin. */
final class Rows {
    private Rows() {}

    /** Where {@code count} rows begin, each {@code length} long, from row {@code first} on. */
    static int[] every(int length, int first, int count) {
        int[] begins = new int[count];
        for (int i = 0; i < count; i++) {
            begins[i] = (first + i) * length;
        }
        return begins;
    }
}

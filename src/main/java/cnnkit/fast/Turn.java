package cnnkit.fast;

/**
 * Makes columns of rows.
 *
 * @param step from one row to the next
 * @param turnedStep from one row of the result to the next
 */
record Turn(int step, int turnedStep) {
    /** {@code to[toAt + j * turnedStep + i] = from[at + i * step + j]}, four rows at a time: fewer lines are fetched. */
    void turn(float[] from, int at, int rows, int columns, float[] to, int toAt) {
        int i = 0;
        for (; i + 4 <= rows; i += 4) {
            int a = at + i * step;
            for (int j = 0, t = toAt + i; j < columns; j++, a++, t += turnedStep) {
                to[t] = from[a];
                to[t + 1] = from[a + step];
                to[t + 2] = from[a + 2 * step];
                to[t + 3] = from[a + 3 * step];
            }
        }
        for (; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                to[toAt + j * turnedStep + i] = from[at + i * step + j];
            }
        }
    }
}

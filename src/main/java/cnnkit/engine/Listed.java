package cnnkit.engine;

/**
 * Two lists of numbers, one beside the other, each number with its place: those of a gradient that is 0 elsewhere.
 *
 * @param values number i of list s is {@code values[2 * i + s]}
 * @param places where it stands, in the same order
 */
public record Listed(float[] values, int[] places) {
    /**
     * Room for two lists.
     *
     * @param most numbers of each
     * @return lists of zeros
     */
    public static Listed room(int most) {
        return new Listed(new float[2 * most], new int[2 * most]);
    }

    /**
     * Fills a list up with zeros. Where what stands at place 0 and behind it is finite, they change at most the sign of a sum
     * that is 0.
     *
     * @param list which one, 0 or 1
     * @param from so many numbers it has
     * @param to so many it shall have
     */
    public void fillUp(int list, int from, int to) {
        for (int i = from; i < to; i++) {
            values[2 * i + list] = 0;
            places[2 * i + list] = 0;
        }
    }
}

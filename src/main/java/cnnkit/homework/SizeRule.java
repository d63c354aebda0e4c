package cnnkit.homework;

/** How many positions a window has along one side of an image: what a learner writes for section 7.2.4. */
@FunctionalInterface
public interface SizeRule {
    /**
     * The size of the output.
     *
     * @param size of the input, in pixels
     * @param kernel side of the window, in pixels
     * @param stride from one position to the next, in pixels
     * @param padding added on both sides, in pixels
     * @return the number of positions
     * @throws Exception if the learner's code throws
     */
    int of(int size, int kernel, int stride, int padding) throws Exception;
}

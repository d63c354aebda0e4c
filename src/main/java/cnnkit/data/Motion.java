package cnnkit.data;

/**
 * A turn and a change of size about the centre of an image, then a shift.
 *
 * @param down the shift, in pixels
 * @param right the shift, in pixels
 * @param sin of the angle, divided by the new size
 * @param cos of the angle, divided by the new size
 */
record Motion(double down, double right, double sin, double cos) {
    private static final int FRAME = 3; // zeros before the first pixel: 1; behind the last one: 2

    /** The elements of a channel in its frame. */
    static int framedLength(int height, int width) {
        return (height + FRAME) * (width + FRAME);
    }

    /**
     * Moves one channel of an image in its place.
     *
     * @param values where it lies, (H, W) row-major
     * @param at from here on
     * @param framed room for the channel in a frame of zeros, so that what is outside reads 0 without asking; see
     *     {@link #framedLength}
     * @param pull what is added to the place each pixel comes from, see {@link ElasticDeformation#pull}
     */
    void move(float[] values, int at, int height, int width, float[] framed, double[] pull) {
        int plane = height * width;
        int row = width + FRAME;
        for (int y = 0; y < height; y++) {
            System.arraycopy(values, at + y * width, framed, (y + 1) * row + 1, width);
        }
        double cy = (height - 1) / 2.0, cx = (width - 1) / 2.0;
        for (int y = 0; y < height; y++) {
            // the place in the frame that the first pixel of this row comes from
            double fromY = 1 + cy + cos * (y - down - cy) - sin * (0 - right - cx);
            double fromX = 1 + cx + sin * (y - down - cy) + cos * (0 - right - cx);
            for (int x = 0; x < width; x++) {
                double py = Math.max(0, Math.min(height + 1, fromY - sin * x + pull[y * width + x]));
                double px = Math.max(0, Math.min(width + 1, fromX + cos * x + pull[plane + y * width + x]));
                int iy = (int) py, ix = (int) px; // rounds down
                float fy = (float) (py - iy), fx = (float) (px - ix);
                int p = iy * row + ix;
                float above = framed[p] + fx * (framed[p + 1] - framed[p]);
                float below = framed[p + row] + fx * (framed[p + row + 1] - framed[p + row]);
                values[at + y * width + x] = above + fy * (below - above);
            }
        }
    }
}

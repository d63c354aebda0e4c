package cnnkit.data;

import java.util.Random;

/**
 * Bends the sheet that an image lies on, as if the hand had trembled: each point of a grid of 4x4 squares is pulled aside
 * at random, and the pixels between follow along a cubic B-spline. Digits stay digits and are written by another hand.
 *
 * <p>Simard, Steinkraus and Platt (2003) pull every pixel and smooth that with a Gaussian of 4 pixels in 29; a B-spline
 * over squares of a quarter of the image is as wide (its standard deviation is 1/sqrt(3) of a square, 4.04 pixels of 28),
 * and needs 98 random numbers instead of 1,682. Theirs pulls with a standard deviation of 1.4 pixels, as {@code
 * elastic(5)} does.
 */
final class ElasticDeformation {
    private static final int SQUARES = 4;
    private static final int NEAR = 4; // points of the grid that a pixel depends on, in one direction
    private static final int POINTS = SQUARES + NEAR - 1;

    private final int height;
    private final int width;
    private final double[] points = new double[POINTS * POINTS];
    private final double[] row = new double[POINTS];
    private final double[] weightsDown;
    private final double[] weightsRight;

    /** How much further down each pixel comes from, then how much further to the right: 2 planes of (H, W), in pixels. */
    final double[] pull;

    /** An image of this size, not bent. */
    ElasticDeformation(int height, int width) {
        this.height = height;
        this.width = width;
        weightsDown = weights(height);
        weightsRight = weights(width);
        pull = new double[2 * height * width];
    }

    /** Bends anew: the pull of each point of the grid is drawn evenly between minus and plus the most. */
    void draw(Random random, double most) {
        for (int direction = 0; direction < 2; direction++) {
            for (int i = 0; i < points.length; i++) {
                points[i] = most * (2 * random.nextDouble() - 1);
            }
            spread(direction * height * width);
        }
    }

    /** The mean of the 4x4 points around each pixel: first down each column of points, then along the row. */
    private void spread(int at) {
        for (int y = 0; y < height; y++) {
            int above = square(y, height) * POINTS;
            for (int i = 0; i < POINTS; i++) {
                row[i] = mean(weightsDown, y * NEAR, points, above + i, POINTS);
            }
            for (int x = 0; x < width; x++) {
                pull[at + y * width + x] = mean(weightsRight, x * NEAR, row, square(x, width), 1);
            }
        }
    }

    private static double mean(double[] weights, int first, double[] of, int at, int stride) {
        return weights[first] * of[at]
                + weights[first + 1] * of[at + stride]
                + weights[first + 2] * of[at + 2 * stride]
                + weights[first + 3] * of[at + 3 * stride];
    }

    /** The square that the middle of a pixel lies in. */
    private static int square(int pixel, int length) {
        return (2 * pixel + 1) * SQUARES / (2 * length);
    }

    /** The shares of the four nearest points of the grid, for each pixel along a side; they add up to 1. */
    private static double[] weights(int length) {
        double[] weights = new double[length * NEAR];
        for (int pixel = 0; pixel < length; pixel++) {
            double t = (pixel + 0.5) * SQUARES / length - square(pixel, length), s = 1 - t;
            weights[pixel * NEAR] = s * s * s / 6;
            weights[pixel * NEAR + 1] = (3 * t * t * t - 6 * t * t + 4) / 6;
            weights[pixel * NEAR + 2] = (3 * s * s * s - 6 * s * s + 4) / 6;
            weights[pixel * NEAR + 3] = t * t * t / 6;
        }
        return weights;
    }
}

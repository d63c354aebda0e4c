package cnnkit.inspect;

import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;

/**
 * Parallel stripes that fade into each other: the picture with which one asks a filter for its orientation.
 *
 * <p>With x to the right and y down, both in pixels from the middle of the picture,
 * <pre>
 *     value = cos(2 pi / wavelength * (x sin(angle) + y cos(angle)) + phase)            from -1 to 1
 * </pre>
 * The angle is that of the stripes, counterclockwise: 0 degrees are horizontal stripes, 45 rise to the right, 90 are
 * vertical ones.
 *
 * @param angle of the stripes, in degrees
 * @param wavelength from one bright stripe to the next, in pixels; below 2 the pixels cannot show it
 * @param phase how far the stripes are moved, in degrees: 0 has a bright stripe in the middle, 90 an edge
 */
public record Grating(double angle, double wavelength, double phase) {

    /**
     * Checks the wavelength.
     *
     * @param angle in degrees
     * @param wavelength at least 2 pixels
     * @param phase in degrees
     * @throws IllegalArgumentException if the wavelength is shorter, or a number is not finite
     */
    public Grating {
        if (!(wavelength >= 2) || !Double.isFinite(angle + wavelength + phase)) {
            throw new IllegalArgumentException(Text.error(
                    "a grating needs a wavelength of at least 2 pixels and finite numbers but got angle %s, wavelength %s, phase %s",
                    angle, wavelength, phase));
        }
    }

    /**
     * The picture.
     *
     * @param height in pixels
     * @param width in pixels
     * @return values from -1 to 1, (H, W)
     */
    public Tensor picture(int height, int width) {
        Tensor picture = Tensor.zeros(height, width);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                picture.set((float) value(row - (height - 1) / 2.0, column - (width - 1) / 2.0), row, column);
            }
        }
        return picture;
    }

    /** At y pixels below the middle and x to the right of it. */
    double value(double y, double x) {
        double across = x * StrictMath.sin(radians(angle)) + y * StrictMath.cos(radians(angle));
        return StrictMath.cos(2 * Math.PI / wavelength * across + radians(phase));
    }

    private static double radians(double degrees) {
        return degrees * Math.PI / 180;
    }
}

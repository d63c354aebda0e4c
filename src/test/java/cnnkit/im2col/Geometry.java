package cnnkit.im2col;

import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A batch, filters and a window that fit each other, drawn at random. Its text holds the seed that makes it again. */
public record Geometry(long seed, int batch, int channels, int filters, int height, int width, Window window) {

    public static Stream<Geometry> some(int count) {
        return LongStream.rangeClosed(1, count).mapToObj(Geometry::draw);
    }

    public static Geometry draw(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        Remainder remainder = Remainder.values()[random.nextInt(3)];
        Window window = Window.of(1 + random.nextInt(4), 1 + random.nextInt(4))
                .stride(1 + random.nextInt(3), 1 + random.nextInt(3))
                .padding(padding(random), padding(random))
                .remainder(remainder);
        int height = size(random, window.kernelHeight(), window.strideHeight(), window.paddingHeight(), remainder);
        int width = size(random, window.kernelWidth(), window.strideWidth(), window.paddingWidth(), remainder);
        return new Geometry(
                seed, 1 + random.nextInt(9), 1 + random.nextInt(4), 1 + random.nextInt(4), height, width, window);
    }

    /** Mostly none or little, sometimes more than any kernel has. */
    private static int padding(Random random) {
        return random.nextInt(4) < 3 ? random.nextInt(3) : random.nextInt(6);
    }

    private static int size(Random random, int kernel, int stride, int padding, Remainder remainder) {
        while (true) {
            int size = 1 + random.nextInt(9);
            int room = size + 2 * padding - kernel;
            if (room >= 0 && (remainder != Remainder.STRICT || room % stride == 0)) {
                return size;
            }
        }
    }

    /** The same with one image, in every fifth with two: for checks whose time grows with the square of the batch. */
    public Geometry ofFewImages() {
        return new Geometry(seed, seed % 5 == 0 ? 2 : 1, channels, filters, height, width, window);
    }

    /** The same with so many channels and filters that the engine computes six maps at a time. */
    public Geometry ofManyMaps() {
        return new Geometry(
                seed, Math.min(batch, 4), 4 + (int) (seed % 11), 5 + (int) (seed % 13), height, width, window);
    }

    public int[] inputShape() {
        return new int[] {batch, channels, height, width};
    }

    public int[] filterShape() {
        return new int[] {filters, channels, window.kernelHeight(), window.kernelWidth()};
    }

    public int[] outputShape() {
        return new int[] {batch, filters, window.outputHeight(height), window.outputWidth(width)};
    }
}

package cnnkit.engine;

import java.util.Arrays;

/**
 * Weights slid over images: for each image {@code maps} runs of sums, one row of weights times the runs of the image.
 * Forward it makes the feature maps of a convolution; on the way back, with turned kernels, the channels of dx.
 */
final class Correlation {
    private final Planes planes;
    private final int[] taps;
    private final int[] weightRows;
    private final int mapLength; // positions, without the gaps
    private final int imageLength;
    private final float[][] images; // of each thread: the planes of one image
    private final float[][] sums; // of each thread: the runs of its maps
    private final int step; // from one run to the next

    Correlation(Planes planes, int maps, int mapLength, int imageLength) {
        this.planes = planes;
        this.mapLength = mapLength;
        this.imageLength = imageLength;
        taps = planes.taps();
        weightRows = Rows.every(taps.length, 0, maps);
        step = Kernels.wide(planes.run);
        images = new float[Workers.threads()][planes.length() + Kernels.lanes()]; // a run may be read a vector too far
        sums = new float[Workers.threads()][maps * step];
    }

    /** {@code out[n][map]} from {@code start[map]}. A small batch is cut by maps too, so that no core is idle. */
    void run(float[] batchOfImages, float[] weights, float[] start, float[] out, int batch) {
        int maps = weightRows.length;
        int parts = batch >= Workers.threads() ? 1 : Math.min(maps, Workers.threads());
        Workers.run(batch * parts, (thread, task) -> {
            int n = task / parts;
            int part = task % parts;
            int first = maps * part / parts;
            int last = maps * (part + 1) / parts;
            float[] image = images[thread];
            float[] runs = sums[thread];
            planes.fill(batchOfImages, n * imageLength, image);
            for (int map = first; map < last; map++) {
                Arrays.fill(runs, map * step, (map + 1) * step, start[map]);
            }
            int[] rows = Arrays.copyOfRange(weightRows, first, last);
            Kernels.current()
                    .run(rows.length, planes.run, taps.length, weights, rows, image, 0, taps, runs, first * step, step);
            for (int map = first; map < last; map++) {
                planes.squeeze(runs, map * step, out, (n * maps + map) * mapLength);
            }
        });
    }
}

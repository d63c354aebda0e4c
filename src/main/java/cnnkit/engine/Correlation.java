package cnnkit.engine;

import java.util.Arrays;

/**
 * Weights slid over images: for each image {@code maps} runs of sums, one row of weights times the runs of the image.
 * Forward it makes the feature maps of a convolution; on the way back, with turned kernels, the channels of dx.
 *
 * <p>With groups, each group of maps reads its own group of channels only.
 */
final class Correlation {
    /** Maps at a time: their sums are still in the first-level cache when they are passed on. */
    private static final int TOGETHER = 6;

    /** Where an image comes from. */
    @FunctionalInterface
    interface Source {
        /** Lays image n out in planes. */
        void fill(int n, float[] planes);
    }

    /** Where a finished map goes. */
    @FunctionalInterface
    interface Sink {
        /** Takes map {@code map} of image n, with gaps, from {@code runs[from]} on. */
        void take(float[] runs, int from, int n, int map);
    }

    private final Planes planes;
    private final int maps;
    private final int mapsPerGroup;
    private final int[][] taps; // of each group
    private final int[] weightRows;
    private final float[][] images; // of each thread: the planes of one image
    private final float[][] sums; // of each thread: the runs of some maps
    private final int step; // from one run to the next

    Correlation(Planes planes, int maps, int groups) {
        this.planes = planes;
        this.maps = maps;
        mapsPerGroup = maps / groups;
        int[] allTaps = planes.taps();
        int depth = allTaps.length / groups;
        taps = new int[groups][];
        weightRows = Rows.every(depth, 0, TOGETHER);
        for (int g = 0; g < groups; g++) {
            taps[g] = Arrays.copyOfRange(allTaps, g * depth, (g + 1) * depth);
        }
        step = Kernels.wide(planes.run);
        images = new float[Workers.threads()][planes.length() + Kernels.lanes() + 1]; // a run may be read too far
        sums = new float[Workers.threads()][TOGETHER * step];
    }

    /** All maps of all images, from {@code start[map]}. A small batch is cut by maps too, so that no core is idle. */
    void run(Source source, float[] weights, float[] start, Sink sink, int batch) {
        int parts = batch >= Workers.threads() ? 1 : Math.min(maps, Workers.threads());
        Workers.run(batch * parts, (thread, task) -> {
            int n = task / parts;
            int part = task % parts;
            float[] image = images[thread];
            source.fill(n, image);
            int last = maps * (part + 1) / parts;
            for (int map = maps * part / parts; map < last; ) {
                int endOfGroup = (map / mapsPerGroup + 1) * mapsPerGroup;
                int end = Math.min(map + TOGETHER, Math.min(last, endOfGroup));
                compute(map, end, image, weights, start, sums[thread]);
                for (int at = 0; map < end; map++, at += step) {
                    sink.take(sums[thread], at, n, map);
                }
            }
        });
    }

    private void compute(int first, int end, float[] image, float[] weights, float[] start, float[] runs) {
        int g = first / mapsPerGroup;
        for (int map = first; map < end; map++) {
            Arrays.fill(runs, (map - first) * step, (map - first + 1) * step, start[map]);
        }
        Kernels.current()
                .run(
                        end - first,
                        planes.run,
                        taps[g].length,
                        weights,
                        first * taps[g].length,
                        weightRows,
                        image,
                        0,
                        taps[g],
                        runs,
                        0,
                        step);
    }
}

package cnnkit.engine;

import java.util.Arrays;

/**
 * Weights slid over images: for each image {@code maps} runs of sums, one row of weights times the runs of the image.
 * Forward it makes the feature maps of a convolution; on the way back, with turned kernels, the channels of dx.
 *
 * <p>With groups, each group of maps reads its own group of channels only.
 */
final class Correlation {
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
    private final int[][] weightRows; // of each group
    private final float[][] images; // of each thread: the planes of one image
    private final float[][] sums; // of each thread: the runs of its maps
    private final int step; // from one run to the next

    Correlation(Planes planes, int maps, int groups) {
        this.planes = planes;
        this.maps = maps;
        mapsPerGroup = maps / groups;
        int[] allTaps = planes.taps();
        int depth = allTaps.length / groups;
        taps = new int[groups][];
        weightRows = new int[groups][];
        for (int g = 0; g < groups; g++) {
            taps[g] = Arrays.copyOfRange(allTaps, g * depth, (g + 1) * depth);
            weightRows[g] = Rows.every(depth, g * mapsPerGroup, mapsPerGroup);
        }
        step = Kernels.wide(planes.run);
        images = new float[Workers.threads()][planes.length() + Kernels.lanes() + 1]; // a run may be read too far
        sums = new float[Workers.threads()][maps * step];
    }

    /** All maps of all images, from {@code start[map]}. A small batch is cut by maps too, so that no core is idle. */
    void run(Source source, float[] weights, float[] start, Sink sink, int batch) {
        int parts = batch >= Workers.threads() ? 1 : Math.min(maps, Workers.threads());
        Workers.run(batch * parts, (thread, task) -> {
            int n = task / parts;
            int part = task % parts;
            float[] image = images[thread];
            source.fill(n, image);
            for (int g = 0; g < taps.length; g++) {
                int first = Math.max(maps * part / parts, g * mapsPerGroup);
                int last = Math.min(maps * (part + 1) / parts, (g + 1) * mapsPerGroup);
                if (first < last) {
                    compute(g, first, last, image, weights, start, sums[thread]);
                }
            }
            for (int map = maps * part / parts; map < maps * (part + 1) / parts; map++) {
                sink.take(sums[thread], map * step, n, map);
            }
        });
    }

    private void compute(int g, int first, int last, float[] image, float[] weights, float[] start, float[] runs) {
        for (int map = first; map < last; map++) {
            Arrays.fill(runs, map * step, (map + 1) * step, start[map]);
        }
        int skipped = first - g * mapsPerGroup;
        int[] rows = last - first == mapsPerGroup
                ? weightRows[g]
                : Arrays.copyOfRange(weightRows[g], skipped, skipped + last - first);
        Kernels.current()
                .run(
                        rows.length,
                        planes.run,
                        taps[g].length,
                        weights,
                        rows,
                        image,
                        0,
                        taps[g],
                        runs,
                        first * step,
                        step);
    }
}

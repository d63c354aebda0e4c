package cnnkit.fast;

import cnnkit.engine.Kernels;
import cnnkit.engine.Rows;
import cnnkit.engine.Workers;
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
    private final int step; // from one run to the next
    private final Buffers[] buffers; // of each thread
    private Rows[] weights = {}; // those of each map and the ones behind it

    /** What one thread works on. */
    private final class Buffers {
        private final float[] image; // the planes of one image
        private final Rows[] runs; // of each group: what each weight meets
        private final float[] sums = new float[TOGETHER * step]; // the runs of some maps
        private final Rows[] rowsOfSums = new Rows[TOGETHER + 1]; // so many of them

        private Buffers(int groups) {
            image = new float[planes.length() + Kernels.lanes() + 1]; // a run may be read too far
            int[] taps = planes.taps();
            int depth = taps.length / groups;
            runs = new Rows[groups];
            Arrays.setAll(runs, g -> new Rows(image, 0, Arrays.copyOfRange(taps, g * depth, (g + 1) * depth)));
            Arrays.setAll(rowsOfSums, count -> Rows.of(sums, 0, step, count));
        }
    }

    Correlation(Planes planes, int maps, int groups) {
        this.planes = planes;
        this.maps = maps;
        mapsPerGroup = maps / groups;
        step = Kernels.wide(planes.run);
        buffers = new Buffers[Workers.threads()];
        Arrays.setAll(buffers, thread -> new Buffers(groups));
    }

    /** All maps of all images, from {@code start[map]}. A small batch is cut by maps too, so that no core is idle. */
    void run(Source source, float[] W, float[] start, Sink sink, int batch) {
        findWeights(W);
        int parts = batch >= Workers.threads() ? 1 : Math.min(maps, Workers.threads());
        Workers.run(batch * parts, (thread, task) -> {
            int n = task / parts;
            int part = task % parts;
            Buffers own = buffers[thread];
            source.fill(n, own.image);
            int last = maps * (part + 1) / parts;
            for (int map = maps * part / parts; map < last; ) {
                int endOfGroup = (map / mapsPerGroup + 1) * mapsPerGroup;
                int end = Math.min(map + TOGETHER, Math.min(last, endOfGroup));
                compute(map, end, start, own);
                for (int at = 0; map < end; map++, at += step) {
                    sink.take(own.sums, at, n, map);
                }
            }
        });
    }

    /** The weights lie in the same array from step to step. */
    private void findWeights(float[] W) {
        if (weights.length == 0 || weights[0].data() != W) {
            int depth = buffers[0].runs[0].count();
            int[] begins = Rows.every(depth, TOGETHER);
            weights = new Rows[maps];
            Arrays.setAll(weights, map -> new Rows(W, map * depth, begins));
        }
    }

    private void compute(int first, int end, float[] start, Buffers own) {
        for (int map = first; map < end; map++) {
            Arrays.fill(own.sums, (map - first) * step, (map - first + 1) * step, start[map]);
        }
        Kernels.multiply(planes.run, weights[first], own.runs[first / mapsPerGroup], own.rowsOfSums[end - first]);
    }
}

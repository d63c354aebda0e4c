package cnnkit.fast;

import cnnkit.engine.Kernels;
import cnnkit.engine.Rows;
import cnnkit.engine.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Weights slid over images: for each image {@code maps} runs of sums, one row of weights times the runs of the image.
 * Forward it makes the feature maps of a convolution; on the way back, with turned kernels, the channels of dx.
 *
 * <p>With groups, each group of maps reads its own group of channels only.
 */
final class Correlation {
    /** Maps that are computed together: their sums are still in the first-level cache when they are passed on. */
    private static final int TOGETHER = 6;
    /** So few weights that waking another thread would take longer than laying them side by side. */
    private static final int FEW = 20_000;

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
    private final int maps, groups;
    private final int depth; // weights of a map
    private final int step; // from one run to the next
    private final Buffers[] buffers; // of each thread
    private float[] W = {}; // where the weights lie
    private Bundle[] bundles = {}; // all maps

    /**
     * Maps that are computed together: six, the rows of a tile, or what is left of a group.
     *
     * @param first the first map
     * @param group which channels they read
     * @param weights a row for each map; those of six maps also lie side by side
     */
    private record Bundle(int first, int group, Rows weights) {
        int count() {
            return weights.count();
        }

        void layOut() {
            if (weights.sideBySide() != null) {
                weights.laySideBySide();
            }
        }
    }

    /** What one thread works on. */
    private final class Buffers {
        private final float[] image; // the planes of one image
        private final Rows[] runs; // of each group: what each weight meets
        private final float[] sums = new float[TOGETHER * step]; // the runs of some maps
        private final Rows[] rowsOfSums = new Rows[TOGETHER + 1]; // so many of them

        private Buffers(int[] taps) {
            image = new float[planes.length() + Kernels.lanes() + 1]; // a run may be read too far
            runs = new Rows[groups];
            Arrays.setAll(runs, g -> new Rows(image, 0, Arrays.copyOfRange(taps, g * depth, (g + 1) * depth)));
            Arrays.setAll(rowsOfSums, count -> Rows.of(sums, 0, step, count));
        }
    }

    Correlation(Planes planes, int maps, int groups) {
        this.planes = planes;
        this.maps = maps;
        this.groups = groups;
        int[] taps = planes.taps();
        depth = taps.length / groups;
        step = Kernels.wide(planes.run);
        buffers = new Buffers[Workers.threads()];
        Arrays.setAll(buffers, thread -> new Buffers(taps));
    }

    /** All maps of all images, from {@code start[map]}. A small batch is cut by maps too, so that no core is idle. */
    void run(Source source, float[] W, float[] start, Sink sink, int batch) {
        findWeights(W);
        int parts = batch >= Workers.threads() ? 1 : Math.min(bundles.length, Workers.threads());
        Workers.run(batch * parts, (thread, task) -> {
            int n = task / parts;
            int part = task % parts;
            Buffers own = buffers[thread];
            source.fill(n, own.image);
            for (int i = bundles.length * part / parts; i < bundles.length * (part + 1) / parts; i++) {
                Bundle bundle = bundles[i];
                compute(bundle, start, own);
                for (int map = 0; map < bundle.count(); map++) {
                    sink.take(own.sums, map * step, n, bundle.first + map);
                }
            }
        });
    }

    /** The weights lie in the same array from step to step, but change. */
    private void findWeights(float[] W) {
        if (this.W != W) {
            this.W = W;
            bundles = bundles();
        }
        if (maps * depth < FEW) {
            for (Bundle bundle : bundles) {
                bundle.layOut();
            }
        } else {
            Workers.run(bundles.length, (thread, i) -> bundles[i].layOut());
        }
    }

    private Bundle[] bundles() {
        List<Bundle> all = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            int end = maps / groups * (group + 1);
            for (int map = maps / groups * group; map < end; map += TOGETHER) {
                int count = Math.min(TOGETHER, end - map);
                Rows weights = new Rows(W, map * depth, Rows.every(depth, count));
                all.add(new Bundle(map, group, count == TOGETHER ? weights.six(depth) : weights));
            }
        }
        return all.toArray(Bundle[]::new);
    }

    private void compute(Bundle bundle, float[] start, Buffers own) {
        for (int map = 0; map < bundle.count(); map++) {
            Arrays.fill(own.sums, map * step, (map + 1) * step, start[bundle.first + map]);
        }
        Kernels.multiply(planes.run, bundle.weights, own.runs[bundle.group], own.rowsOfSums[bundle.count()]);
    }
}

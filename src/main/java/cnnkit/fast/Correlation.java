package cnnkit.fast;

import cnnkit.engine.Kernels;
import cnnkit.engine.Rows;
import cnnkit.engine.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights slid over images: for each image {@code maps} runs of sums, one row of weights times the runs of the image.
 * Forward it makes the feature maps of a convolution; on the way back, with turned kernels, the channels of dx.
 *
 * <p>With groups, each group of maps reads its own group of channels only.
 */
final class Correlation {
    /** So few weights that waking another thread would take longer than packing them. */
    private static final int FEW = 20_000;
    /** Vectors of columns from which on packing saves more than it takes. */
    private static final int MANY = 8;

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
    private final Map<Integer, Cut> cuts = new HashMap<>(); // by their parts: one, or as many as there are threads
    private float[] W; // where the weights lie

    /**
     * Maps that are computed together, their sums still in the cache when they are passed on: six, the rows of a
     * tile, or what is left of a part or a group.
     *
     * @param first the first map
     * @param group which channels they read
     * @param weights a row for each map
     * @param packed the same, packed; null if there are fewer than six
     */
    private record Bundle(int first, int group, Rows weights, Rows packed) {
        int count() {
            return weights.count();
        }

        void repack() {
            if (packed != null) {
                packed.repack();
            }
        }
    }

    /**
     * All maps, cut into parts.
     *
     * @param bundles those of all parts
     * @param ends for each part which bundle comes behind its last one
     */
    private record Cut(List<Bundle> bundles, int[] ends) {
        List<Bundle> part(int i) {
            return bundles.subList(i == 0 ? 0 : ends[i - 1], ends[i]);
        }
    }

    /** What one thread works on. */
    private final class Buffers {
        private final float[] image; // the planes of one image
        private final Rows[] runs; // of each group: what each weight meets
        private final float[] sums = new float[Rows.SIX * step]; // the runs of some maps
        private final Rows[] rowsOfSums = new Rows[Rows.SIX + 1]; // so many of them

        private Buffers(int[] taps) {
            image = new float[planes.length() + Kernels.lanes()]; // a run may be read too far
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
        planes.requireRoom((long) Rows.SIX * step);
        buffers = new Buffers[Workers.threads()];
        Arrays.setAll(buffers, thread -> new Buffers(taps));
    }

    /** All maps of all images, from {@code start[map]}. A small batch is cut by maps too, so that no core is idle. */
    void run(Source source, float[] W, float[] start, Sink sink, int batch) {
        if (this.W != W) { // it is the same array from step to step
            this.W = W;
            cuts.clear();
        }
        int parts = batch < Workers.threads() ? Math.min(maps, Workers.threads()) : 1;
        Cut cut = cuts.computeIfAbsent(parts, this::cut);
        boolean packed = (long) batch * planes.run >= MANY * Kernels.lanes();
        if (packed) {
            repack(cut.bundles);
        }
        Workers.run(batch * parts, (thread, task) -> {
            int n = task / parts;
            Buffers own = buffers[thread];
            source.fill(n, own.image);
            for (Bundle bundle : cut.part(task % parts)) {
                compute(bundle, packed, start, own);
                for (int map = 0; map < bundle.count(); map++) {
                    sink.take(own.sums, map * step, n, bundle.first + map);
                }
            }
        });
    }

    /** The maps of a bundle: the sums begin at {@code start}, then weights times runs are added. */
    private void compute(Bundle bundle, boolean packed, float[] start, Buffers own) {
        for (int map = 0; map < bundle.count(); map++) {
            Arrays.fill(own.sums, map * step, (map + 1) * step, start[bundle.first + map]);
        }
        Rows weights = packed && bundle.packed != null ? bundle.packed : bundle.weights;
        Kernels.multiply(planes.run, weights, own.runs[bundle.group], own.rowsOfSums[bundle.count()]);
    }

    private Cut cut(int parts) {
        List<Bundle> bundles = new ArrayList<>();
        int[] ends = new int[parts];
        for (int part = 0, map = 0; part < parts; part++) {
            for (int end = maps * (part + 1) / parts; map < end; ) {
                int group = map / (maps / groups);
                int count = Math.min(Rows.SIX, Math.min(end, maps / groups * (group + 1)) - map);
                Rows weights = new Rows(W, map * depth, Rows.every(depth, count));
                boolean six = count == Rows.SIX;
                bundles.add(new Bundle(map, group, weights, six ? weights.roomToPack(depth) : null));
                map += count;
            }
            ends[part] = bundles.size();
        }
        return new Cut(bundles, ends);
    }

    /** The numbers of the weights change from step to step. */
    private void repack(List<Bundle> bundles) {
        if (maps * depth < FEW) {
            bundles.forEach(Bundle::repack);
        } else {
            Workers.run(bundles.size(), (thread, i) -> bundles.get(i).repack());
        }
    }
}

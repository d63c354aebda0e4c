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
    private float[] W; // where the weights lie
    private Bundle[][] whole, cut; // all maps in one part; in as many parts as there are threads

    /**
     * Maps that are computed together, their sums still in the first-level cache when they are passed on: six, the rows of a
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

    /** What one thread works on. */
    private final class Buffers {
        private final float[] image; // the planes of one image
        private final Rows[] runs; // of each group: what each weight meets
        private final float[] sums = new float[Rows.SIX * step]; // the runs of some maps
        private final Rows[] rowsOfSums = new Rows[Rows.SIX + 1]; // so many of them

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
        boolean small = batch < Workers.threads();
        Bundle[][] parts = bundles(W, small ? Math.min(maps, Workers.threads()) : 1);
        boolean packed = (long) batch * planes.run >= MANY * Kernels.lanes();
        if (packed) {
            repack(parts);
        }
        Workers.run(batch * parts.length, (thread, task) -> {
            int n = task / parts.length;
            Buffers own = buffers[thread];
            source.fill(n, own.image);
            for (Bundle bundle : parts[task % parts.length]) {
                compute(bundle, packed && bundle.packed != null ? bundle.packed : bundle.weights, start, own);
                for (int map = 0; map < bundle.count(); map++) {
                    sink.take(own.sums, map * step, n, bundle.first + map);
                }
            }
        });
    }

    /** The weights lie in the same array from step to step. */
    private Bundle[][] bundles(float[] W, int parts) {
        if (this.W != W) {
            this.W = W;
            whole = null;
            cut = null;
        }
        if (parts == 1) {
            whole = whole == null ? made(1) : whole;
            return whole;
        }
        cut = cut == null ? made(parts) : cut;
        return cut;
    }

    private Bundle[][] made(int parts) {
        Bundle[][] all = new Bundle[parts][];
        for (int part = 0; part < parts; part++) {
            List<Bundle> some = new ArrayList<>();
            int count;
            for (int map = maps * part / parts; map < maps * (part + 1) / parts; map += count) {
                int group = map / (maps / groups);
                int end = Math.min(maps * (part + 1) / parts, maps / groups * (group + 1));
                count = Math.min(Rows.SIX, end - map);
                Rows weights = new Rows(W, map * depth, Rows.every(depth, count));
                some.add(new Bundle(map, group, weights, count == Rows.SIX ? weights.pack(depth) : null));
            }
            all[part] = some.toArray(Bundle[]::new);
        }
        return all;
    }

    /** The numbers of the weights change from step to step. */
    private void repack(Bundle[][] parts) {
        Bundle[] all = Arrays.stream(parts).flatMap(Arrays::stream).toArray(Bundle[]::new);
        if (maps * depth < FEW) {
            for (Bundle bundle : all) {
                bundle.repack();
            }
        } else {
            Workers.run(all.length, (thread, i) -> all[i].repack());
        }
    }

    private void compute(Bundle bundle, Rows weights, float[] start, Buffers own) {
        for (int map = 0; map < bundle.count(); map++) {
            Arrays.fill(own.sums, map * step, (map + 1) * step, start[bundle.first + map]);
        }
        Kernels.multiply(planes.run, weights, own.runs[bundle.group], own.rowsOfSums[bundle.count()]);
    }
}

package cnnkit.fast;

import cnnkit.engine.Engine;
import cnnkit.engine.Kernels;
import cnnkit.engine.Workers;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Random;

/**
 * How good is the rule of {@link Planes} that says which layout of an image is the cheaper one? For thirty convolutions that
 * keep the size, both layouts take turns on one core; the rule's choice stands beside the faster one.
 */
public final class Geometries {
    private static final int[][] SHAPES = { // side, then channels and filters
        {7, 16}, {7, 64}, {7, 128}, {8, 16}, {8, 64}, {10, 32}, {12, 64}, {13, 32}, {13, 96}, {14, 16},
        {14, 32}, {16, 32}, {20, 16}, {24, 32}, {28, 16},
    };
    private static final int[] KERNELS = {3, 5};
    private static final int ROUNDS = 15;
    private static final double SAME = 0.03; // a difference that two measurements of the same thing may have

    /** One layout of one convolution. */
    private static final class Layout {
        private final Planes planes;
        private final Correlation correlation;
        private final Tensor x, W;
        private final float[] start;
        private final int image; // elements of one image
        private final Timed timed = new Timed(this::run);

        private Layout(Planes planes, ConvolutionSizes sizes, Tensor x, Tensor W) {
            this.planes = planes;
            this.x = x;
            this.W = W;
            correlation = new Correlation(planes, sizes.filters(), 1);
            start = new float[sizes.filters()];
            image = sizes.imageLength();
        }

        private void run() {
            correlation.run(
                    (n, to) -> planes.fill(x.data(), n * image, to), W.data(), start, (runs, from, n, map) -> {}, x.size(0));
        }
    }

    private Geometries() {}

    /** Prints the table. */
    public static void main(String[] arguments) throws InterruptedException {
        Engine.main(arguments); // waits for the fast kernel, and says which it is
        Workers.use(1);
        System.out.println("channels = filters, kernel, side | vectors with gaps, without | the rule takes | gaps / no gaps");
        DoubleSummaryStatistics lost = new DoubleSummaryStatistics(); // by the rule, as a share of the faster layout
        int right = 0, clear = 0;
        for (int[] shape : SHAPES) {
            for (int kernel : KERNELS) {
                int side = shape[0], channels = shape[1];
                Window window = Window.of(kernel).padding(kernel / 2);
                Tensor x = Tensor.gaussian(new Random(1), 1, 16, channels, side, side);
                Tensor W = Tensor.gaussian(new Random(2), 0.01, channels, channels, kernel, kernel);
                ConvolutionSizes sizes = ConvolutionSizes.of(x, W, window);
                Layout gaps = new Layout(Planes.input(sizes, false), sizes, x, W);
                Layout gapless = new Layout(Planes.input(sizes, true), sizes, x, W);
                for (int round = 0; round <= ROUNDS; round++) {
                    for (Layout each : List.of(gaps, gapless)) {
                        each.timed.time(round == 0 ? 0.2 : 0.05);
                    }
                }
                boolean takes = !Planes.input(sizes).hasGaps(); // the layout without gaps
                double ratio = gaps.timed.best() / gapless.timed.best();
                lost.accept((takes ? gapless.timed.best() : gaps.timed.best()) / Math.min(gaps.timed.best(), gapless.timed.best()) - 1);
                if (Math.abs(ratio - 1) > SAME) {
                    clear++;
                    right += takes == ratio > 1 ? 1 : 0;
                }
                int lanes = Kernels.lanes();
                System.out.println(channels + ", " + kernel + ", " + side + " | " + Kernels.wide(gaps.planes.run) / lanes + ", "
                        + Kernels.wide(gapless.planes.run) / lanes + " | " + (takes ? "no gaps" : "gaps") + " | "
                        + Math.round(ratio * 100) / 100.0);
            }
        }
        System.out.println("the rule is right in " + right + " of the " + clear + " that differ by more than "
                + Math.round(SAME * 100) + " %; of all " + lost.getCount() + " it loses "
                + Math.round(lost.getAverage() * 1000) / 10.0 + " % on average, at most "
                + Math.round(lost.getMax() * 1000) / 10.0 + " %");
    }
}

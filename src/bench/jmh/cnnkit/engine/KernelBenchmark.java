package cnnkit.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many million multiply-adds a millisecond a kernel makes on one core, for the shapes that the networks ask for. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
    /** Which kernel. */
    @Param({"vector", "plain"})
    public String kernel;

    private Kernel chosen;
    private Shape convolution, filterGradient, affine, deep;

    /** What the kernel multiplies: all rows in one call, or six packed ones a call. */
    private static final class Shape {
        private final int columns;
        private final Rows b;
        private final List<Rows> as = new ArrayList<>(), cs = new ArrayList<>();

        private Shape(int rows, boolean packed, int columns, int[] bBegins) {
            this.columns = columns;
            int step = Kernels.wide(columns), depth = bBegins.length;
            float[] a = new float[rows * depth], c = new float[rows * step];
            Arrays.fill(a, 0.5f);
            b = new Rows(new float[Arrays.stream(bBegins).max().getAsInt() + step], 0, bBegins);
            Arrays.fill(b.data(), 1e-3f);
            int together = packed ? Rows.SIX : rows;
            for (int r = 0; r < rows; r += together) {
                int count = Math.min(together, rows - r);
                Rows some = Rows.of(a, r * depth, depth, count);
                if (packed && count == Rows.SIX) {
                    some = some.roomToPack(depth);
                    some.repack();
                }
                as.add(some);
                cs.add(Rows.of(c, r * step, step, count));
            }
        }

        private float[] run(Kernel kernel) {
            for (int i = 0; i < as.size(); i++) {
                kernel.multiply(columns, as.get(i), b, cs.get(i));
            }
            return cs.get(0).data();
        }
    }

    /** Makes the arrays. */
    @Setup
    public void make() {
        chosen = kernel.equals("plain") ? Kernels.plain() : Kernels.vector();
        Kernels.use(chosen);
        convolution = new Shape(30, true, 668, taps(1, 5, 28, 784));
        filterGradient = new Shape(26, false, 30, Rows.every(32, 668));
        affine = new Shape(50, false, 100, Rows.every(112, 4320));
        deep = new Shape(64, true, 61, taps(64, 3, 9, 81));
    }

    private static int[] taps(int channels, int kernel, int pitch, int plane) {
        int[] taps = new int[channels * kernel * kernel];
        for (int i = 0; i < taps.length; i++) {
            int pixel = i % (kernel * kernel);
            taps[i] = i / (kernel * kernel) * plane + pixel / kernel * pitch + pixel % kernel;
        }
        return taps;
    }

    /** Conv1 of SimpleConvNet, forward, one image. */
    @Benchmark
    @OperationsPerInvocation(30 * 668 * 25)
    public float[] convolution() {
        return convolution.run(chosen);
    }

    /** Conv1 of SimpleConvNet, dW, one image. */
    @Benchmark
    @OperationsPerInvocation(26 * 30 * 668)
    public float[] filterGradient() {
        return filterGradient.run(chosen);
    }

    /** Affine1 of SimpleConvNet, forward, half a batch. */
    @Benchmark
    @OperationsPerInvocation(50 * 100 * 4320)
    public float[] affine() {
        return affine.run(chosen);
    }

    /** A deep convolution: 64 channels, 64 filters 3x3, 7x7 pixels, one image. */
    @Benchmark
    @OperationsPerInvocation(64 * 61 * 576)
    public float[] deep() {
        return deep.run(chosen);
    }
}

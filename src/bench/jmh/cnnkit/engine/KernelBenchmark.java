package cnnkit.engine;

import java.util.Arrays;
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

    /** One call of the kernel: sizes, tables and arrays. */
    private static final class Shape {
        private final int rows, columns, depth, step;
        private final float[] a, b, c;
        private final int[] aRow, bRow;

        private Shape(int rows, int columns, int depth, int[] bRow) {
            this.rows = rows;
            this.columns = columns;
            this.depth = depth;
            this.bRow = bRow;
            step = Kernels.wide(columns);
            aRow = Rows.every(depth, 0, rows);
            a = new float[rows * depth];
            b = new float[Arrays.stream(bRow).max().getAsInt() + step];
            c = new float[rows * step];
            Arrays.fill(a, 0.5f);
            Arrays.fill(b, 1e-3f);
        }

        private float[] run(Kernel kernel) {
            kernel.run(rows, columns, depth, a, 0, aRow, b, 0, bRow, c, 0, step);
            return c;
        }
    }

    /** Makes the arrays. */
    @Setup
    public void make() throws InterruptedException {
        chosen = kernel.equals("plain") ? Kernels.plain() : Kernels.vector();
        Kernels.use(chosen);
        convolution = new Shape(30, 668, 25, taps(1, 5, 28, 784));
        filterGradient = new Shape(26, 30, 668, Rows.every(32, 0, 668));
        affine = new Shape(50, 100, 4320, Rows.every(104, 0, 4320));
        deep = new Shape(64, 61, 576, taps(64, 3, 9, 81));
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

package cnnkit.fast;

import cnnkit.engine.Engine;
import cnnkit.engine.Workers;
import cnnkit.im2col.Window;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.Tensor;
import cnnkit.train.Adam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;

/**
 * Does cost grow as the arithmetic does? One 3x3 convolution, forward and back, with ever larger batches, images and numbers
 * of filters; and a training step of SimpleConvNet with one thread, with half of them, and with all. All take turns.
 */
public final class Scaling {
    private static final int ROUNDS = 15;
    private static final int BATCH = 100, SIDE = 14, FILTERS = 32; // of the middle one, from which one of them differs

    /**
     * A row of a table.
     *
     * @param name its first columns
     * @param multiplyAdds millions a step
     * @param timed the step
     */
    private record Row(String name, double multiplyAdds, Timed timed) {
        double milliseconds() {
            return timed.best() * 1000;
        }

        double perMillion() {
            return milliseconds() / multiplyAdds;
        }
    }

    private Scaling() {}

    /** Prints the tables. */
    public static void main(String[] arguments) throws InterruptedException {
        Engine.main(arguments); // waits for the fast kernel, and says which it is
        threads();
        List<Row> all = new ArrayList<>();
        Row middle = convolution("middle", BATCH, SIDE, FILTERS);
        all.add(middle);
        for (int batch : new int[] {1, 10, 400}) {
            all.add(convolution("batch", batch, SIDE, FILTERS));
        }
        for (int side : new int[] {7, 28}) {
            all.add(convolution("side", BATCH, side, FILTERS));
        }
        for (int filters : new int[] {8, 16, 64, 128}) {
            all.add(convolution("filters", BATCH, SIDE, filters));
        }
        takeTurns(all);
        System.out.println("3x3 convolution, forward and back: what differs | images | side | channels = filters"
                + " | million multiply-adds | ms | time of a multiply-add, the middle one being 1");
        for (Row each : all) {
            print("%s | %.0f | %.3f | %.2f", each.name, each.multiplyAdds, each.milliseconds(), each.perMillion() / middle.perMillion());
        }
    }

    private static void threads() {
        List<Row> all = new ArrayList<>();
        for (int threads : new TreeSet<>(Arrays.asList(1, (Workers.threads() + 1) / 2, Workers.threads()))) {
            Runnable step = training();
            all.add(new Row(threads + (threads == 1 ? " thread" : " threads"), 1, new Timed(() -> {
                Workers.use(threads);
                step.run();
            })));
        }
        takeTurns(all);
        Workers.use(Workers.threads());
        System.out.println("training step of SimpleConvNet | ms | times as fast as with one thread");
        for (Row each : all) {
            print("%s | %.2f | %.2f", each.name, each.milliseconds(), all.get(0).milliseconds() / each.milliseconds());
        }
    }

    private static void takeTurns(List<Row> all) {
        for (int round = 0; round <= ROUNDS; round++) {
            for (Row each : all) {
                each.timed.time(round == 0 ? 0.5 : 0.1); // at first it is compiled
            }
        }
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /** Batch 100: forward, loss, backward, Adam. */
    private static Runnable training() {
        Network network = SimpleConvNet.create(1);
        Adam adam = new Adam();
        Tensor x = Tensor.gaussian(new Random(1), 1, 100, 1, 28, 28);
        int[] labels = new Random(2).ints(100, 0, 10).toArray();
        return () -> {
            network.gradient(x, labels);
            adam.update(network.parameters().values());
        };
    }

    /** Forward, dx, dW and db, with as many filters as channels. */
    private static Row convolution(String differs, int batch, int side, int filters) {
        Random random = new Random(1);
        Tensor x = Tensor.gaussian(random, 1, batch, filters, side, side);
        Tensor W = Tensor.gaussian(random, 0.01, filters, filters, 3, 3);
        Tensor dout = Tensor.gaussian(random, 1, batch, filters, side, side);
        Tensor out = Tensor.zeros(dout.shape()), dx = Tensor.zeros(x.shape()), dW = Tensor.zeros(W.shape());
        float[] b = new float[filters], db = new float[filters];
        FastConvolution layer = new FastConvolution(ConvolutionSizes.of(x, W, Window.of(3).padding(1)));
        double multiplyAdds = 3e-6 * batch * side * side * filters * filters * 9;
        return new Row(differs + " | " + batch + " | " + side + " | " + filters, multiplyAdds, new Timed(() -> {
            layer.forward(x.data(), W.data(), b, out.data(), batch, true);
            layer.parameterGradients(x.data(), out.data(), dout.data(), dW.data(), db, batch);
            layer.inputGradient(out.data(), dout.data(), W.data(), dx.data(), batch);
        }));
    }
}

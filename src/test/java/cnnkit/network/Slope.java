package cnnkit.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cnnkit.layer.Parameter;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Backpropagation through a whole network in one number: along its gradient the loss is as steep as the gradient is long. */
final class Slope {
    private Slope() {}

    static void check(Network network, Tensor x, int[] labels) {
        network.gradient(x, labels, 1, 1);
        List<float[]> gradients = new ArrayList<>();
        double squares = 0;
        for (Parameter parameter : network.parameters().values()) {
            float[] gradient = parameter.gradient().data().clone();
            gradients.add(gradient);
            for (float g : gradient) {
                squares += (double) g * g;
            }
        }
        double length = Math.sqrt(squares);
        double step = 2e-3 / length;
        double above = lossAt(network, gradients, step, x, labels);
        double below = lossAt(network, gradients, -step, x, labels);
        double slope = (above - below) / (2 * step * length);
        assertEquals(1, slope / length, 0.01, () -> "slope " + slope + ", length " + length + " of\n" + network);
    }

    private static double lossAt(Network network, List<float[]> direction, double step, Tensor x, int[] labels) {
        List<float[]> before = new ArrayList<>();
        int next = 0;
        for (Parameter parameter : network.parameters().values()) {
            float[] values = parameter.value().data();
            before.add(values.clone());
            float[] towards = direction.get(next++);
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (step * towards[i]);
            }
        }
        double loss = network.trainingLoss(x, labels, 1, 1);
        next = 0;
        for (Parameter parameter : network.parameters().values()) {
            System.arraycopy(
                    before.get(next++),
                    0,
                    parameter.value().data(),
                    0,
                    parameter.value().length());
        }
        return loss;
    }
}

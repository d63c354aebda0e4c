package cnnkit.homework;

import cnnkit.layer.Layer;
import cnnkit.layer.Parameter;
import cnnkit.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** A fully connected layer of a learner, by double sums over flat arrays; each step can be made wrong. */
class OwnAffine extends Layer {
    final Parameter W;
    final Parameter b;
    final int I;
    final int O;
    Tensor x;
    int N;

    OwnAffine(Tensor W, Tensor b) {
        this.W = new Parameter("W", W);
        this.b = new Parameter("b", b);
        I = W.size(0);
        O = W.size(1);
    }

    /** Where the weight from an input to an output lies. */
    int weight(int i, int o) {
        return i * O + o;
    }

    double bias(int n, int o) {
        return b.value().data()[o];
    }

    @Override
    public Tensor forward(Tensor x) {
        this.x = x;
        N = x.size(0);
        Tensor out = Tensor.zeros(N, O);
        for (int n = 0; n < N; n++) {
            for (int o = 0; o < O; o++) {
                double sum = 0;
                for (int i = 0; i < I; i++) {
                    sum += (double) x.data()[n * I + i] * W.value().data()[weight(i, o)];
                }
                out.data()[n * O + o] = (float) (sum + bias(n, o));
            }
        }
        return out;
    }

    void store(Parameter parameter, double[] gradient) {
        for (int i = 0; i < gradient.length; i++) {
            parameter.gradientToFill().data()[i] = (float) gradient[i];
        }
    }

    double[] db(float[] dout) {
        double[] db = new double[O];
        for (int i = 0; i < dout.length; i++) {
            db[i % O] += dout[i];
        }
        return db;
    }

    double[] dW(float[] dout) {
        double[] dW = new double[I * O];
        for (int n = 0; n < N; n++) {
            for (int i = 0; i < I; i++) {
                for (int o = 0; o < O; o++) {
                    dW[weight(i, o)] += (double) x.data()[n * I + i] * dout[n * O + o];
                }
            }
        }
        return dW;
    }

    @Override
    public Tensor backward(Tensor dout) {
        store(W, dW(dout.data()));
        store(b, db(dout.data()));
        Tensor dx = Tensor.zeros(x.shape());
        for (int n = 0; n < N; n++) {
            for (int i = 0; i < I; i++) {
                for (int o = 0; o < O; o++) {
                    dx.data()[n * I + i] += dout.data()[n * O + o] * W.value().data()[weight(i, o)];
                }
            }
        }
        return dx;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(W, b);
    }

    @Override
    public int[] outputShape(int... inputShape) {
        return new int[] {Arrays.stream(inputShape).reduce(1, (p, q) -> p * q) / I * O};
    }
}

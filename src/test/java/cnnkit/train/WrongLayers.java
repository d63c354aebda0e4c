package cnnkit.train;

import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.AveragePooling;
import cnnkit.layer.Convolution;
import cnnkit.layer.Dropout;
import cnnkit.layer.Layer;
import cnnkit.layer.LocalResponseNormalization;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Parameter;
import cnnkit.layer.Relu;
import cnnkit.layer.Sigmoid;
import cnnkit.layer.Tanh;
import cnnkit.network.Network;
import cnnkit.tensor.Tensor;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Mistakes in backward passes, as people make them, each in a network that is right otherwise. */
enum WrongLayers {
    WEIGHT_GRADIENT_ONE_PERCENT_TOO_LARGE(right -> new Backward(right) {
        @Override
        void spoil(Tensor dx) {
            scale(W(), 1.01f);
        }
    }),
    BIAS_GRADIENT_ONE_PERCENT_TOO_SMALL(right -> new Backward(right) {
        @Override
        void spoil(Tensor dx) {
            scale(b(), 0.99f);
        }
    }),
    DX_ONE_PERCENT_TOO_LARGE(right -> new Backward(right) {
        @Override
        void spoil(Tensor dx) {
            scale(dx, 1.01f);
        }
    }),
    ONE_WEIGHT_HAS_THE_WRONG_SIGN(right -> new Backward(right) {
        @Override
        void spoil(Tensor dx) {
            W().data()[largest(W())] *= -1;
        }
    }),
    ONE_WEIGHT_IS_FORGOTTEN(right -> new Backward(right) {
        @Override
        void spoil(Tensor dx) {
            W().data()[largest(W())] = 0;
        }
    }),
    ONE_ELEMENT_OF_DX_IS_FORGOTTEN(right -> new Backward(right) {
        @Override
        void spoil(Tensor dx) {
            dx.data()[largest(dx)] = 0;
        }
    }),
    DX_HAS_THE_WRONG_SIGN(right -> new Backward(right) {
        @Override
        void spoil(Tensor dx) {
            scale(dx, -1);
        }
    }),
    WEIGHT_GRADIENT_IS_DIVIDED_BY_N_AGAIN(right -> new Backward(right) {
        @Override
        void spoil(Tensor dx) {
            scale(W(), 1f / dx.size(0));
        }
    }),
    GRADIENTS_ARE_MULTIPLIED_BY_N(right -> new Backward(right) {
        @Override
        void spoil(Tensor dx) {
            scale(W(), dx.size(0));
            scale(b(), dx.size(0));
        }
    }),
    BIAS_GRADIENT_IS_FORGOTTEN(right -> new Backward(right) {
        @Override
        void spoil(Tensor dx) {
            scale(b(), 0);
        }
    }),
    IMAGES_ARE_MIXED_UP(right -> new Backward(right) {
        @Override
        void spoil(Tensor dx) {
            Tensor first = dx.rows(0, 1);
            int length = first.length();
            System.arraycopy(dx.data(), length, dx.data(), 0, dx.length() - length);
            System.arraycopy(first.data(), 0, dx.data(), dx.length() - length, length);
        }
    }),
    DX_IS_A_PIXEL_TOO_FAR_TO_THE_RIGHT(right -> new Backward(right) {
        @Override
        void spoil(Tensor dx) {
            System.arraycopy(dx.data().clone(), 0, dx.data(), 1, dx.length() - 1);
        }
    }),
    WEIGHT_GRADIENT_IS_BACK_TO_FRONT(right -> new Backward(right) {
        @Override
        void spoil(Tensor dx) {
            Tensor before = W().copy();
            for (int i = 0; i < before.length(); i++) {
                W().data()[i] = before.data()[before.length() - 1 - i];
            }
        }
    }),
    GRADIENT_ADDS_TO_THE_ONE_BEFORE(right -> new Backward(right) {
        private Tensor sum;

        @Override
        void spoil(Tensor dx) {
            sum = sum == null ? W().copy() : sum.plus(W());
            System.arraycopy(sum.data(), 0, W().data(), 0, sum.length());
        }
    }),
    GOES_BACK_WITH_THE_WEIGHTS_IT_WAS_MADE_WITH(right -> new Backward(right) {
        private final Tensor made = right.parameters().get(0).value().copy();

        @Override
        public Tensor backward(Tensor dout) {
            Tensor now = right.parameters().get(0).value();
            Tensor kept = now.copy();
            System.arraycopy(made.data(), 0, now.data(), 0, made.length());
            Tensor dx = right.backward(dout);
            System.arraycopy(kept.data(), 0, now.data(), 0, made.length());
            return dx;
        }
    }),
    GOES_BACK_WITH_THE_FIRST_INPUT(right -> new Backward(right) {
        private Tensor first;

        @Override
        public Tensor forward(Tensor x) {
            first = first == null || !first.hasShape(x.shape()) ? x.copy() : first;
            return super.forward(x);
        }

        @Override
        public Tensor backward(Tensor dout) {
            right.forward(first);
            return right.backward(dout);
        }
    }),
    RELU_LETS_EVERYTHING_PASS(Relu::new, (x, y, dout) -> dout),
    RELU_LOOKS_AT_DOUT(Relu::new, (x, y, dout) -> dout > 0 ? dout : 0),
    SIGMOID_WITH_X_INSTEAD_OF_Y(Sigmoid::new, (x, y, dout) -> dout * x * (1 - x)),
    SIGMOID_WITHOUT_ITS_LAST_FACTOR(Sigmoid::new, (x, y, dout) -> dout * y),
    TANH_WITHOUT_THE_SQUARE(Tanh::new, (x, y, dout) -> dout * (1 - y)),
    DROPOUT_LETS_EVERYTHING_PASS(Dropout::new, (x, y, dout) -> dout),
    NORMALIZATION_WITHOUT_ITS_SECOND_TERM(
            () -> new LocalResponseNormalization(1, 3, 0.5, 0.75), (x, y, dout) -> x == 0 ? 0 : dout * y / x),
    POOLING_FORGETS_WHICH_WAS_LARGEST(() -> new MaxPooling(Window.of(2).stride(2)), 1),
    POOLING_SPREADS_IT_EVENLY(() -> new MaxPooling(Window.of(2).stride(2)), 0.25f),
    AVERAGE_IS_NOT_DIVIDED(() -> new AveragePooling(Window.of(2).stride(2)), 1);

    /** What a layer that works value by value goes back with. */
    private interface Back {
        float dx(float x, float y, float dout);
    }

    private final UnaryOperator<Layer> aroundConvolutionOrAffine; // null: something between them
    private final Supplier<Layer> between;

    WrongLayers(UnaryOperator<Layer> around) {
        aroundConvolutionOrAffine = around;
        between = Relu::new;
    }

    WrongLayers(Supplier<Layer> right, Back back) {
        aroundConvolutionOrAffine = null;
        between = () -> new Backward(right.get()) {
            @Override
            public Tensor backward(Tensor dout) {
                Tensor dx = dout.copy();
                for (int i = 0; i < dx.length(); i++) {
                    dx.data()[i] = back.dx(x.data()[i], y.data()[i], dout.data()[i]);
                }
                return dx;
            }
        };
    }

    /** Windows of 2x2 without overlap: every pixel gets a share of what its window gets. */
    WrongLayers(Supplier<Layer> right, float share) {
        aroundConvolutionOrAffine = null;
        between = () -> new Backward(right.get()) {
            @Override
            public Tensor backward(Tensor dout) {
                Tensor dx = Tensor.zeros(x.shape());
                for (int i = 0; i < dx.length(); i++) {
                    int column = i % x.size(3), row = i / x.size(3) % x.size(2), map = i / x.size(3) / x.size(2);
                    dx.data()[i] = share * dout.data()[(map * dout.size(2) + row / 2) * dout.size(3) + column / 2];
                }
                return dx;
            }
        };
    }

    private static Layer same(Layer layer) {
        return layer;
    }

    /** In the first layer, one in the middle, or the last: {@code place} 0, 1, 2. */
    RightNetworks.Case network(int place, double std, double inputs, long seed) {
        Random random = new Random(seed);
        UnaryOperator<Layer> wrong = aroundConvolutionOrAffine == null ? WrongLayers::same : aroundConvolutionOrAffine;
        UnaryOperator<Layer> right = WrongLayers::same;
        Layer convolution = new Convolution(
                Tensor.gaussian(random, std, 3, 2, 3, 3),
                Tensor.gaussian(random, std, 3),
                Window.of(3).padding(1));
        Layer hidden = new Affine(Tensor.gaussian(random, std, 3 * 4 * 4, 6), Tensor.gaussian(random, std, 6));
        Layer last = new Affine(Tensor.gaussian(random, std, 6, 3), Tensor.gaussian(random, std, 3));
        boolean pools = name().startsWith("POOLING") || name().startsWith("AVERAGE");
        Layer inTheMiddle = between.get();
        Layer pooling = pools ? inTheMiddle : new MaxPooling(Window.of(2).stride(2));
        Layer activation = pools ? new Tanh() : inTheMiddle;
        Network network = Network.builder(2, 8, 8)
                .add("Conv1", (place == 0 ? wrong : right).apply(convolution))
                .add("Activation1", activation)
                .add("Pool1", pooling)
                .add("Affine1", (place == 1 ? wrong : right).apply(hidden))
                .add("Activation2", new Tanh())
                .add("Affine2", (place == 2 ? wrong : right).apply(last))
                .build();
        return new RightNetworks.Case(network, Tensor.gaussian(random, inputs, 4, 2, 8, 8), new int[] {0, 1, 2, 1});
    }

    /** Whether the mistake can stand in several places. */
    boolean movable() {
        return aroundConvolutionOrAffine != null;
    }

    /** A right layer inside, with something gone wrong on the way back. */
    private static class Backward extends Layer {
        final Layer right;
        Tensor x, y;

        Backward(Layer right) {
            this.right = right;
        }

        Tensor W() {
            return right.parameters().get(0).gradient();
        }

        Tensor b() {
            return right.parameters().get(1).gradient();
        }

        void spoil(Tensor dx) {}

        static void scale(Tensor tensor, float factor) {
            for (int i = 0; i < tensor.length(); i++) {
                tensor.data()[i] *= factor;
            }
        }

        static int largest(Tensor tensor) {
            return tensor.map(Math::abs).reshape(1, -1).argmax()[0];
        }

        @Override
        public Tensor forward(Tensor input) {
            x = input.copy();
            y = right.forward(input).copy();
            return y.copy();
        }

        @Override
        public Tensor forwardInTraining(Tensor input, long seed) {
            forward(input);
            y = right.forwardInTraining(input, seed).copy();
            return y.copy();
        }

        @Override
        public Tensor backward(Tensor dout) {
            Tensor dx = right.backward(dout);
            spoil(dx);
            return dx;
        }

        @Override
        public List<Parameter> parameters() {
            return right.parameters();
        }

        @Override
        public int[] outputShape(int... inputShape) {
            return right.outputShape(inputShape);
        }
    }
}

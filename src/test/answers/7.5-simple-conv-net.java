// exercise-1: right
long myParameters = 448;
long myMultiplyAdds = 442_368;
// exercise-1: wrong, nothing but its weights
long myParameters = 432;
long myMultiplyAdds = 442_368;
// exercise-1: wrong, padding 1
long myParameters = 448;
long myMultiplyAdds = 30 * 30 * 16 * 27;
// exercise-1: wrong, how deep is one filter
long myParameters = 160;
long myMultiplyAdds = 147_456;
// exercise-2: right
Random mine = new Random(5);
Network deeper = Network.builder(1, 28, 28)
    .add("A", new Convolution(Tensor.gaussian(mine, 0.1, 16, 1, 3, 3), Tensor.zeros(16), Window.of(3).padding(1)))
    .add("B", new Relu())
    .add("C", new MaxPooling(Window.of(2).stride(2)))
    .add("D", new Convolution(Tensor.gaussian(mine, 0.1, 32, 16, 3, 3), Tensor.zeros(32), Window.of(3).padding(1)))
    .add("E", new Relu())
    .add("F", new MaxPooling(Window.of(2).stride(2)))
    .add("G", new Affine(Tensor.gaussian(mine, 0.1, 1568, 10), Tensor.zeros(10)))
    .build();
// exercise-2: wrong, between a convolution and its pooling
Random mine = new Random(5);
Network deeper = Network.builder(1, 28, 28)
    .add("A", new Convolution(Tensor.gaussian(mine, 0.1, 16, 1, 3, 3), Tensor.zeros(16), Window.of(3).padding(1)))
    .add("C", new MaxPooling(Window.of(2).stride(2)))
    .add("D", new Convolution(Tensor.gaussian(mine, 0.1, 32, 16, 3, 3), Tensor.zeros(32), Window.of(3).padding(1)))
    .add("F", new MaxPooling(Window.of(2).stride(2)))
    .add("G", new Affine(Tensor.gaussian(mine, 0.1, 1568, 10), Tensor.zeros(10)))
    .build();
// exercise-2: wrong, the order of ReLU and pooling
Random mine = new Random(5);
Network deeper = Network.builder(1, 28, 28)
    .add("A", new Convolution(Tensor.gaussian(mine, 0.1, 16, 1, 3, 3), Tensor.zeros(16), Window.of(3).padding(1)))
    .add("C", new MaxPooling(Window.of(2).stride(2)))
    .add("B", new Relu())
    .add("D", new Convolution(Tensor.gaussian(mine, 0.1, 32, 16, 3, 3), Tensor.zeros(32), Window.of(3).padding(1)))
    .add("F", new MaxPooling(Window.of(2).stride(2)))
    .add("E", new Relu())
    .add("G", new Affine(Tensor.gaussian(mine, 0.1, 1568, 10), Tensor.zeros(10)))
    .build();
// exercise-2: wrong, all filters would learn the same
Network deeper = Network.builder(1, 28, 28)
    .add("A", new Convolution(Tensor.zeros(16, 1, 3, 3), Tensor.zeros(16), Window.of(3).padding(1)))
    .add("B", new Relu())
    .add("C", new MaxPooling(Window.of(2).stride(2)))
    .add("D", new Convolution(Tensor.zeros(32, 16, 3, 3), Tensor.zeros(32), Window.of(3).padding(1)))
    .add("E", new Relu())
    .add("F", new MaxPooling(Window.of(2).stride(2)))
    .add("G", new Affine(Tensor.zeros(1568, 10), Tensor.zeros(10)))
    .build();
// exercise-3: right
public class LeakyRelu extends Layer {
    private Tensor x;
    public Tensor forward(Tensor x) { this.x = x; return x.map(value -> value > 0 ? value : 0.1 * value); }
    public Tensor backward(Tensor dout) {
        Tensor dx = dout.copy();
        for (int i = 0; i < dx.length(); i++) { if (x.data()[i] <= 0) { dx.data()[i] *= 0.1f; } }
        return dx;
    }
    public int[] outputShape(int... inputShape) { return inputShape.clone(); }
}
// exercise-3: wrong, that is the ordinary ReLU
public class LeakyRelu extends Layer {
    private Tensor x;
    public Tensor forward(Tensor x) { this.x = x; return x.map(value -> value > 0 ? value : 0.1 * value); }
    public Tensor backward(Tensor dout) {
        Tensor dx = dout.copy();
        for (int i = 0; i < dx.length(); i++) { if (x.data()[i] <= 0) { dx.data()[i] = 0; } }
        return dx;
    }
    public int[] outputShape(int... inputShape) { return inputShape.clone(); }
}
// exercise-3: wrong, not on that of dout
public class LeakyRelu extends Layer {
    public Tensor forward(Tensor x) { return x.map(value -> value > 0 ? value : 0.1 * value); }
    public Tensor backward(Tensor dout) { return dout.map(value -> value > 0 ? value : 0.1 * value); }
    public int[] outputShape(int... inputShape) { return inputShape.clone(); }
}
// exercise-4: right
int imagesNeeded = 75_000;
// exercise-4: wrong, remember the square root
int imagesNeeded = 27_000;
// exercise-4: wrong, 0.2 from end to end
int imagesNeeded = 301_000;
// exercise-4: wrong, the interval is 0.2 wide
int imagesNeeded = 18_900;

// exercise-1: right
int[] afterConvolution = {8, 32, 32};
int[] afterPooling = {8, 16, 16};
int reachAffine = 2048;
// exercise-1: wrong, how many maps does one filter make
int[] afterConvolution = {24, 32, 32};
int[] afterPooling = {24, 16, 16};
int reachAffine = 6144;
// exercise-1: wrong, without the ring of zeros
int[] afterConvolution = {8, 30, 30};
int[] afterPooling = {8, 15, 15};
int reachAffine = 1800;
// exercise-1: wrong, are maps lost
int[] afterConvolution = {8, 32, 32};
int[] afterPooling = {4, 16, 16};
int reachAffine = 1024;
// exercise-2: right
Network mine = Network.builder(1, 28, 28)
    .add("Conv1", newConvolution(random, 1, 3)).add("Relu1", new Relu())
    .add("Conv2", newConvolution(random, 3, 5)).add("Relu2", new Relu())
    .add("Pool1", halving()).add("Affine1", newAffine(random, 5 * 14 * 14, 10)).build();
// exercise-2: wrong, the activations are missing
Network mine = Network.builder(1, 28, 28)
    .add("Conv1", newConvolution(random, 1, 3)).add("Conv2", newConvolution(random, 3, 5))
    .add("Pool1", halving()).add("Affine1", newAffine(random, 5 * 14 * 14, 10)).build();
// exercise-2: wrong, where in the plan does the pooling stand
Network mine = Network.builder(1, 28, 28)
    .add("Conv1", newConvolution(random, 1, 3)).add("Relu1", new Relu()).add("Pool1", halving())
    .add("Conv2", newConvolution(random, 3, 5)).add("Relu2", new Relu())
    .add("Affine1", newAffine(random, 5 * 14 * 14, 10)).build();
// exercise-2: wrong, how many Affine layers
Network mine = Network.builder(1, 28, 28)
    .add("Conv1", newConvolution(random, 1, 3)).add("Relu1", new Relu())
    .add("Conv2", newConvolution(random, 3, 5)).add("Relu2", new Relu())
    .add("Pool1", halving()).add("Affine1", newAffine(random, 5 * 14 * 14, 20))
    .add("Relu3", new Relu()).add("Affine2", newAffine(random, 20, 10)).build();
// exercise-3: right
String widest(Network network) {
    String best = "";
    long most = 0;
    for (var line : network.summary().lines()) {
        long count = 1;
        for (int size : line.outputShape()) { count *= size; }
        if (count > most) { most = count; best = line.layer(); }
    }
    return best;
}
// exercise-3: wrong, which of them do you keep
String widest(Network network) {
    String best = "";
    long most = 0;
    for (var line : network.summary().lines()) {
        long count = 1;
        for (int size : line.outputShape()) { count *= size; }
        if (count >= most) { most = count; best = line.layer(); }
    }
    return best;
}
// exercise-3: wrong, how many numbers is the shape
String widest(Network network) {
    String best = "";
    long most = 0;
    for (var line : network.summary().lines()) {
        long count = line.outputShape().get(0);
        if (count > most) { most = count; best = line.layer(); }
    }
    return best;
}
// exercise-4: right
Affine melt(Tensor W, Tensor b, Tensor V, Tensor c) {
    return new Affine(W.dot(V), b.reshape(1, -1).dot(V).reshape(-1).plus(c));
}
// exercise-4: wrong, where has b gone
Affine melt(Tensor W, Tensor b, Tensor V, Tensor c) {
    return new Affine(W.dot(V), c);
}
// exercise-4: wrong, that the second layer adds
Affine melt(Tensor W, Tensor b, Tensor V, Tensor c) {
    return new Affine(W.dot(V), b.reshape(1, -1).dot(V).reshape(-1));
}
// exercise-5: right
public class Flatten extends Layer {
    private Tensor x;
    public Tensor forward(Tensor x) {
        this.x = x;
        return x.reshape(x.size(0), Shapes.length(x.shape()) / x.size(0));
    }
    public int[] outputShape(int... inputShape) { return new int[] {Shapes.length(inputShape)}; }
    public Tensor backward(Tensor dout) { return dout.reshape(x.shape()); }
}
// exercise-5: wrong, which axis must stay
public class Flatten extends Layer {
    private Tensor x;
    public Tensor forward(Tensor x) {
        this.x = x;
        return x.reshape(-1);
    }
    public int[] outputShape(int... inputShape) { return new int[] {Shapes.length(inputShape)}; }
    public Tensor backward(Tensor dout) { return dout.reshape(x.shape()); }
}
// exercise-5: wrong, only the first number
public class Flatten extends Layer {
    private Tensor x;
    public Tensor forward(Tensor x) {
        this.x = x;
        return x.reshape(x.size(0), -1);
    }
    public int[] outputShape(int... inputShape) { return new int[] {inputShape[0]}; }
    public Tensor backward(Tensor dout) { return dout.reshape(x.shape()); }
}

package homework;

import cnnkit.im2col.Window;
import cnnkit.layer.Layer;
import cnnkit.layer.Parameter;
import cnnkit.tensor.Tensor;
import java.util.List;

/** A convolution layer (section 7.4.3). */
public final class MyConvolution extends Layer {
    private final Parameter W; // (FN, C, FH, FW)
    private final Parameter b; // (FN)
    private final Window window; // of FH x FW
    private int[] shape; // N, C, H, W
    private Tensor col; // (N * OH * OW, C * FH * FW)

    public MyConvolution(Tensor W, Tensor b, Window window) {
        this.W = new Parameter("W", W);
        this.b = new Parameter("b", b);
        this.window = window;
    }

    @Override
    public Tensor forward(Tensor x) {
        int N = x.size(0), FN = W.value().size(0);
        int OH = window.outputHeight(x.size(2)), OW = window.outputWidth(x.size(3));
        shape = x.shape();
        col = MyIm2col.im2col(x, window); // (N * OH * OW, C * FH * FW)
        Tensor out = col.dot(rows(W.value()).transpose(), b.value()); // (N * OH * OW, FN)
        return out.reshape(N, OH, OW, FN).transpose(0, 3, 1, 2); // (N, FN, OH, OW)
    }

    @Override
    public Tensor backward(Tensor dout) {
        int FN = W.value().size(0);
        Tensor rows = dout.transpose(0, 2, 3, 1).reshape(-1, FN); // (N * OH * OW, FN)
        Tensor ones = Tensor.filled(1, 1, rows.size(0));
        fill(W, rows.transpose().dot(col)); // (FN, C * FH * FW)
        fill(b, ones.dot(rows)); // (1, FN)
        return MyIm2col.col2im(rows.dot(rows(W.value())), shape, window); // (N, C, H, W)
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(W, b);
    }

    @Override
    public int[] outputShape(int... inputShape) {
        int OH = window.outputHeight(inputShape[1]), OW = window.outputWidth(inputShape[2]);
        return new int[] {W.value().size(0), OH, OW};
    }

    private static Tensor rows(Tensor filters) { // (FN, C * FH * FW)
        return filters.reshape(filters.size(0), -1);
    }

    private static void fill(Parameter parameter, Tensor gradient) {
        System.arraycopy(gradient.data(), 0, parameter.gradientToFill().data(), 0, gradient.length());
    }
}

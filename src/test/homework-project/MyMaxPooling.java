package homework;

import cnnkit.im2col.Window;
import cnnkit.layer.Layer;
import cnnkit.tensor.Tensor;

/** A layer that keeps the largest value of each window (section 7.4.4). */
public final class MyMaxPooling extends Layer {
    private final Window window;
    private int[] shape; // N, C, H, W
    private int[] winners; // for each output the pixel that won

    public MyMaxPooling(Window window) {
        this.window = window;
    }

    @Override
    public Tensor forward(Tensor x) {
        int N = x.size(0), C = x.size(1), H = x.size(2), W = x.size(3);
        int OH = window.outputHeight(H), OW = window.outputWidth(W);
        shape = x.shape();
        Tensor out = Tensor.zeros(N, C, OH, OW);
        winners = new int[out.length()];
        for (int i = 0; i < winners.length; i++) {
            int map = i / (OH * OW), oy = i / OW % OH, ox = i % OW; // map counts the channels of all images
            winners[i] = -1;
            for (int ky = 0; ky < window.kernelHeight(); ky++) {
                for (int kx = 0; kx < window.kernelWidth(); kx++) {
                    int row = window.top(oy) + ky, column = window.left(ox) + kx;
                    if (row < 0 || row >= H || column < 0 || column >= W) {
                        continue;
                    }
                    int pixel = (map * H + row) * W + column;
                    if (winners[i] < 0 || x.data()[pixel] > x.data()[winners[i]]) {
                        winners[i] = pixel;
                    }
                }
            }
            out.data()[i] = x.data()[winners[i]];
        }
        return out;
    }

    @Override
    public Tensor backward(Tensor dout) {
        Tensor dx = Tensor.zeros(shape);
        for (int i = 0; i < winners.length; i++) {
            dx.data()[winners[i]] += dout.data()[i];
        }
        return dx;
    }

    @Override
    public int[] outputShape(int... inputShape) {
        int OH = window.outputHeight(inputShape[1]), OW = window.outputWidth(inputShape[2]);
        return new int[] {inputShape[0], OH, OW};
    }
}

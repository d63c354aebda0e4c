package cnnkit.plot.lesson;

import cnnkit.im2col.Window;
import cnnkit.layer.MaxPooling;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * Which pixel is the largest of each window, of equal ones the first: asked of the layer itself, by sending a gradient back
 * from one output. The one place where figures know who wins.
 */
final class Winners {
    private Winners() {}

    /**
     * The winners of one channel.
     *
     * @param x the channel, (H, W)
     * @param window where the windows stand
     * @return for each output, row after row, the row and the column of its winner
     */
    static List<int[]> of(Tensor x, Window window) {
        int H = x.size(0), W = x.size(1);
        MaxPooling layer = new MaxPooling(window);
        Tensor out = layer.forward(x.reshape(1, 1, H, W));
        List<int[]> winners = new ArrayList<>();
        for (int i = 0; i < out.length(); i++) {
            Tensor dout = Tensor.zeros(out.shape());
            dout.data()[i] = 1;
            int winner = layer.backward(dout).reshape(1, H * W).argmax()[0];
            winners.add(new int[] {winner / W, winner % W});
        }
        return winners;
    }

    /**
     * Whether a window has a winner at all: its numbers are not all equal.
     *
     * @param x the channel, (H, W)
     * @param window where the windows stand
     * @param place of the window, row after row
     * @return no if the first of equals was taken
     */
    static boolean decides(Tensor x, Window window, int place) {
        int H = x.size(0), W = x.size(1), OW = window.outputWidth(W);
        int top = window.top(place / OW), left = window.left(place % OW);
        int y0 = Math.max(0, top), x0 = Math.max(0, left);
        for (int row = y0; row < Math.min(H, top + window.kernelHeight()); row++) {
            for (int column = x0; column < Math.min(W, left + window.kernelWidth()); column++) {
                if (x.get(row, column) != x.get(y0, x0)) {
                    return true;
                }
            }
        }
        return window.kernelHeight() * window.kernelWidth() == 1;
    }

    /**
     * Refuses windows that see nothing but padding: no pixel can win there.
     *
     * @param who whose window it is, for the error
     * @param window where the windows stand
     * @param H rows of the image
     * @param W columns of the image
     */
    static void expectPixels(String who, Window window, int H, int W) {
        int OH = window.outputHeight(H), OW = window.outputWidth(W);
        for (int i = 0; i < OH * OW; i++) {
            if (window.rows(i / OW, H).length() == 0
                    || window.columns(i % OW, W).length() == 0) {
                throw new IllegalArgumentException(Text.error(
                        "%s: the %s at place (%d, %d) sees nothing but padding of the image of %d x %d, so no pixel wins: "
                                + "take less padding",
                        who, window, i / OW, i % OW, H, W));
            }
        }
    }
}

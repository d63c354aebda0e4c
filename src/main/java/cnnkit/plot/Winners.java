package cnnkit.plot;

import cnnkit.im2col.Window;
import cnnkit.layer.MaxPooling;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Which pixel is the largest of each window: asked of the layer itself, by sending a gradient back from one output. */
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
}

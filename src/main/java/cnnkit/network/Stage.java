package cnnkit.network;

import cnnkit.tensor.Tensor;

/** One stage of a pass: a layer, or a few that are computed together. It keeps what its pass remembers of them. */
interface Stage {
    /**
     * The forward pass.
     *
     * @param x what the stage below gives
     * @param step of training; null to predict
     * @param backToo whether a backward pass may follow; if not, nothing need be remembered
     * @return the output, which the next forward pass may fill again
     */
    Tensor forward(Tensor x, TrainingStep step, boolean backToo);

    /**
     * The backward pass.
     *
     * @param dout the gradient with respect to the output
     * @param dxWanted whether anybody reads dx
     * @return dx, which the next backward pass may fill again; null if nobody wants it
     */
    Tensor backward(Tensor dout, boolean dxWanted);

    /** The name of its last layer. */
    String end();
}

package cnnkit.homework;

import cnnkit.tensor.Tensor;

/** The layer behind the last one, as a learner writes it: softmax, and the mean of the cross-entropy over the batch. */
public interface Loss {
    /**
     * The forward pass.
     *
     * @param scores (N, K)
     * @param labels the right column of each row, N of them
     * @return the mean loss of the batch
     * @throws Exception if the learner's code throws
     */
    double forward(Tensor scores, int[] labels) throws Exception;

    /**
     * The backward pass of the latest forward pass.
     *
     * @return the gradient of the loss with respect to the scores, (N, K)
     * @throws Exception if the learner's code throws
     */
    Tensor backward() throws Exception;
}

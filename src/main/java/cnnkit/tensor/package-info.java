/**
 * Arrays of any rank: the numbers that travel between layers, and how they print; and the seeds that random ones are
 * drawn with.
 *
 * <p>{@link cnnkit.tensor.Tensor} holds the values, {@link cnnkit.tensor.Shapes} words every shape error in one voice,
 * {@link cnnkit.tensor.InterruptedWorkException} ends long work that somebody stops.
 */
package cnnkit.tensor;

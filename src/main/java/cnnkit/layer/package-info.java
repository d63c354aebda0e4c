/**
 * The bricks of a network: each knows its forward and its backward pass, as in the book.
 *
 * <p>{@link cnnkit.layer.Convolution} chooses its way of computing through {@link cnnkit.layer.ConvolutionAlgorithm};
 * every way gives the same bits.
 */
package cnnkit.layer;

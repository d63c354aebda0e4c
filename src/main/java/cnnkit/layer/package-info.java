/**
 * The layers of a network: each knows its forward and its backward pass, as in the book.
 *
 * <p>{@link cnnkit.layer.Layer} is what you extend; the layers of the library are {@link cnnkit.layer.FillingLayer}s. {@link
 * cnnkit.layer.Convolution} chooses its way of computing through {@link cnnkit.layer.ConvolutionAlgorithm}; every way gives
 * the same bits.
 */
package cnnkit.layer;

/**
 * Convolution and the fully connected layer, fast: the sums of the lessons, in their order and so with their bits, without
 * im2col and on all cores.
 *
 * <p>{@link cnnkit.fast.FastConvolution} is where a convolution comes in. Everything here is hidden from learners: layers
 * call it, and nothing above them depends on how it works.
 */
package cnnkit.fast;

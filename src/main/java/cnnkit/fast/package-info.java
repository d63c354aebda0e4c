/**
 * Convolution and the fully connected layer, fast: the sums of the lessons, in their order and so with their bits, without
 * im2col and on all cores.
 *
 * <p>{@link cnnkit.fast.FastConvolution} and {@link cnnkit.fast.FastAffine} are where one comes in: layers call them, and for a
 * convolution with what follows it the network does. Everything here is hidden from learners, and nothing above depends on
 * how it works.
 */
package cnnkit.fast;

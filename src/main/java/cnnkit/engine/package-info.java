/**
 * The fast kernels: sums of products, in vectors of floats and on all cores, in the same order and so with the same bits
 * as the plain loops of the lessons.
 *
 * <p>Everything here works on arrays of floats and is found from {@link cnnkit.engine.FastConvolution}; nothing above
 * depends on how it works.
 */
package cnnkit.engine;

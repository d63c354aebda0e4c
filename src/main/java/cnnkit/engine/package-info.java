/**
 * The arithmetic: sums of products, in vectors of floats and on all cores, in the same order and so with the same bits as
 * the plain loops of the lessons.
 *
 * <p>Everything here works on arrays of floats and is entered by {@link cnnkit.engine.Kernels}, {@link cnnkit.engine.Product},
 * {@link cnnkit.engine.Maximum} and {@link cnnkit.engine.Workers}; nothing above depends on how it works.
 */
package cnnkit.engine;

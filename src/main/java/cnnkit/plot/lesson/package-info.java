/**
 * The figures of single lessons: convolution (section 7.2), pooling (7.3), memory and im2col (7.4). Each shows a few numbers
 * that can be worked out by hand, and what an operation does to them.
 *
 * <p>None of them needs a network; those that do are in {@code cnnkit.plot.learned}.
 */
package cnnkit.plot.lesson;

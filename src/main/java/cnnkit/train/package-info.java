/**
 * How a network learns, and how well it has learned.
 *
 * <p>{@link cnnkit.train.Trainer} runs the epochs and fills a {@link cnnkit.train.History}; a
 * {@link cnnkit.train.Checkpoint} keeps both in a file; {@link cnnkit.train.Evaluation} counts what is right and what is
 * confused; {@link cnnkit.train.GradientCheck} tests backpropagation.
 */
package cnnkit.train;

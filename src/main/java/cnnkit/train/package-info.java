/**
 * How a network learns, and how well it has learned.
 *
 * <p>{@link cnnkit.train.Trainer} runs the epochs and fills a {@link cnnkit.train.History}; {@link cnnkit.train.Sgd},
 * {@link cnnkit.train.Momentum} and {@link cnnkit.train.Adam} make the steps; a {@link cnnkit.train.Checkpoint} keeps all
 * of it in a file; {@link cnnkit.train.Evaluation} counts what is right and what is confused;
 * {@link cnnkit.train.GradientCheck} tests backpropagation.
 */
package cnnkit.train;

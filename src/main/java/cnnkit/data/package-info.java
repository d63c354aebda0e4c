/**
 * Images and labels to learn from.
 *
 * <p>{@link cnnkit.data.Dataset} holds images as bytes and hands out batches as tensors; they come from
 * {@link cnnkit.data.Mnist}, from a {@link cnnkit.data.PictureFolder}, from arrays, or from a learner's pen
 * ({@link cnnkit.data.OwnDigit}), and {@link cnnkit.data.Normalization} and {@link cnnkit.data.Augmentation} change them
 * on their way into a batch.
 */
package cnnkit.data;

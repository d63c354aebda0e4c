/**
 * Images and labels to learn from.
 *
 * <p>{@link cnnkit.data.Dataset} holds images as bytes and hands out batches as tensors; {@link cnnkit.data.Mnist} reads
 * the handwritten digits and checks every file.
 */
package cnnkit.data;

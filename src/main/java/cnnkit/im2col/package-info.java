/**
 * Where a sliding window stands, and the matrix that holds everything it sees.
 *
 * <p>{@link cnnkit.im2col.Window} is the geometry that convolution and pooling share (sections 7.2.3 and 7.2.4),
 * {@link cnnkit.im2col.Im2col} lays the windows out as rows of a matrix and adds them back (section 7.4.2). {@link
 * cnnkit.im2col.BatchChunks} is the order in which gradients of filters add up over a batch.
 */
package cnnkit.im2col;

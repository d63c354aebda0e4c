/**
 * Files that NumPy reads and writes, and files that are there whole or not at all.
 *
 * <p>{@link cnnkit.io.Npz} holds named tensors or arrays of other types, {@link cnnkit.io.Npy} one of them;
 * {@link cnnkit.io.AtomicFile} writes so that a crash leaves the old file.
 */
package cnnkit.io;

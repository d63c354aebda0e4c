/**
 * Files that NumPy reads and writes, and files that are there whole or not at all.
 *
 * <p>{@link cnnkit.io.Npz} holds named arrays; {@link cnnkit.io.AtomicFile} writes so that a crash leaves the old file.
 */
package cnnkit.io;

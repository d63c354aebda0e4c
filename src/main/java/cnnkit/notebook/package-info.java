/**
 * How the kit behaves in a notebook: figures, charts, tables and networks show themselves, training shows its progress,
 * claims are checked.
 *
 * <p>Under JJava everything loads by itself when the jar arrives; under IJava {@link cnnkit.notebook.Notebook#install()}
 * does the same, and outside a notebook nothing here is needed.
 */
package cnnkit.notebook;

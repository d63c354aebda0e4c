/**
 * Every figure of the kit: what a learner draws in one line, on an opaque white card, with words for those who cannot see
 * it. What a notebook calls most is here: {@link cnnkit.plot.Cells} draws grids of square cells (slices, filters, feature
 * maps, confusion matrices), {@link cnnkit.plot.Curves}, {@link cnnkit.plot.Bars} and {@link cnnkit.plot.SeedDots} whatever
 * has axes, {@link cnnkit.plot.Gallery}, {@link cnnkit.plot.Equation} and {@link cnnkit.plot.Animation} put figures
 * together; all of them give a {@link cnnkit.plot.Figure}.
 *
 * <p>The figures of single lessons live one room up, in {@code cnnkit.plot.lesson} (sections 7.2 to 7.4), those of networks
 * in {@code cnnkit.plot.learned} (7.1 and 7.5 to 7.8). Below lie {@code cnnkit.plot.chart}, the only room that knows XChart,
 * {@code cnnkit.plot.image} with the file formats, and {@code cnnkit.plot.card}, what figures are painted with.
 */
package cnnkit.plot;

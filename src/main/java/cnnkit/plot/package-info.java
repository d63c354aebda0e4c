/**
 * Every figure of the kit: what a learner draws in one line, on an opaque white card, with words for those who cannot see it.
 *
 * <p>{@link cnnkit.plot.Cells} draws grids of square cells (slices, filters, feature maps, confusion matrices), {@link
 * cnnkit.plot.Curves} and {@link cnnkit.plot.Bars} draw whatever has axes, through XChart; {@link
 * cnnkit.plot.NetworkStrip} and {@link cnnkit.plot.ShapeRiver} draw networks, {@link cnnkit.plot.Learned} what one has
 * learned; all of them give a {@link cnnkit.plot.Figure}.
 */
package cnnkit.plot;

/**
 * What figures are painted with: colours and fonts, letters, arrows, cells, and how numbers are written and coloured.
 *
 * <p>The lowest room of the figures: it knows tensors and nothing of charts, files or networks. A learner who only draws
 * needs none of it.
 */
package cnnkit.plot.card;

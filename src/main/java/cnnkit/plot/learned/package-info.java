/**
 * The figures of networks: how one is built and what flows through it ({@link cnnkit.plot.learned.NetworkStrip}, {@link
 * cnnkit.plot.learned.Walkthrough}), and what it has learned ({@link
 * cnnkit.plot.learned.Learned}, with a figure for each tool of {@link cnnkit.inspect}).
 *
 * <p>The uppermost room of the figures: sections 7.1 and 7.5 to 7.8 of the chapter.
 */
package cnnkit.plot.learned;

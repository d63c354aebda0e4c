/**
 * Figures that answer: a panel under a cell asks the Java that printed it, and shows what it says; {@link
 * cnnkit.live.Explorer} opens a learner's own network up in this way.
 *
 * <p>{@link cnnkit.live.Live#panel} is the one way in. Messages go through the Jupyter server that the page came from; no
 * code travels from the page to the kernel. Each panel begins as a still picture, and stays one where nothing answers.
 */
package cnnkit.live;

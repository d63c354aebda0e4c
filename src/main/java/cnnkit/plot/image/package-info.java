/**
 * Pictures as files, small enough to be committed inside a notebook: PNG and animated GIF with a palette.
 *
 * <p>What stands in the pictures is of no interest here, but for the colour scales, whose levels must survive.
 */
package cnnkit.plot.image;

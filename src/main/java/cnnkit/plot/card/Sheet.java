package cnnkit.plot.card;

import java.awt.Graphics2D;
import java.util.function.Consumer;

/**
 * What is to be painted on a card of a size.
 *
 * @param width in points
 * @param height in points
 * @param painter paints it; it counts in points
 */
public record Sheet(int width, int height, Consumer<Graphics2D> painter) {}

package cnnkit.engine;

/**
 * Where the fours of a 2x2 max pooling lie in a map: those of output (y, x) at {@code y * down + 2 * x}, right of it, below
 * it, and right below it. Windows do not overlap sideways, but may downwards: {@code down >= pitch >= 2 * width}.
 *
 * @param height rows of outputs
 * @param width columns of outputs
 * @param down from one row of windows to the next
 * @param pitch from one row of the map to the next
 */
public record Fours(int height, int width, int down, int pitch) {}

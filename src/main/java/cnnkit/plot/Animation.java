package cnnkit.plot;

import cnnkit.io.AtomicFile;
import cnnkit.plot.card.Style;
import cnnkit.plot.image.Gif;
import cnnkit.tensor.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Figures that follow each other on one card, as a GIF that plays again and again.
 * <pre>
 *     var frames = IntStream.range(0, 4).mapToObj(step -&gt; Cells.pixels(x).markWindow(0, step, 3, 3)).toList();
 *     Animation.of(frames, "the window stands at four places, one after another")
 * </pre>
 * The first frame stays for 1.2 s, the last for 2.5 s, those between for 0.6 s. {@link #strip()} is the same story on
 * paper: four frames, side by side or one below the other.
 */
public final class Animation {
    private static final int FIRST = 1200; // ms
    private static final int MIDDLE = 600;
    private static final int LAST = 2500;
    private static final int STRIP = 4; // frames

    private final List<Figure> frames;
    private final String alt;
    private int first = FIRST;
    private int middle = MIDDLE;
    private int last = LAST;

    private Animation(List<Figure> frames, String alt) {
        this.frames = frames;
        this.alt = Objects.requireNonNull(alt, "alt");
    }

    /**
     * An animation of what can be drawn.
     *
     * @param frames in order, at least one, all of one size
     * @param alt what there is to see, for those who cannot see it: the finding
     * @return the animation
     * @throws IllegalArgumentException if there is no frame, or one is of another size than the first
     */
    public static Animation of(List<? extends Drawing> frames, String alt) {
        if (frames.isEmpty()) {
            throw new IllegalArgumentException(Text.error("Animation: there is no frame"));
        }
        List<Figure> figures = frames.stream().map(Drawing::figure).toList();
        Figure start = figures.get(0);
        for (int i = 1; i < figures.size(); i++) {
            Figure figure = figures.get(i);
            if (figure.width() != start.width() || figure.height() != start.height()) {
                throw new IllegalArgumentException(Text.error(
                        "Animation: all frames must be of one size, but frame 0 has %d x %d points and frame %d has %d x %d",
                        start.width(), start.height(), i, figure.width(), figure.height()));
            }
        }
        return new Animation(figures, alt);
    }

    /**
     * How long frames stay.
     *
     * @param firstFrame in milliseconds, as the others
     * @param frameBetween each of the frames between the first and the last
     * @param lastFrame before everything begins again
     * @return this animation
     * @throws IllegalArgumentException if one is shorter than 20 ms, which browsers would slow down
     */
    public Animation delays(int firstFrame, int frameBetween, int lastFrame) {
        if (Math.min(firstFrame, Math.min(frameBetween, lastFrame)) < 20) {
            throw new IllegalArgumentException(Text.error(
                    "Animation: a frame must stay for at least 20 ms but got %d, %d, %d",
                    firstFrame, frameBetween, lastFrame));
        }
        first = firstFrame;
        middle = frameBetween;
        last = lastFrame;
        return this;
    }

    /** How long a frame stays, in milliseconds. */
    private int delay(int frame) {
        if (frame == frames.size() - 1) {
            return last;
        }
        return frame == 0 ? first : middle;
    }

    /**
     * The animation as a GIF file.
     *
     * @return the bytes; each frame holds only what has changed since the one before
     */
    public byte[] gif() {
        int[] delays = IntStream.range(0, frames.size()).map(this::delay).toArray();
        return Gif.encode(frames.stream().map(Figure::image).toList(), delays);
    }

    /**
     * Saves the animation as a GIF file, whole or not at all.
     *
     * @param file where to
     * @throws IOException if it cannot be written
     */
    public void save(Path file) throws IOException {
        AtomicFile.write(file, gif());
    }

    /**
     * Four frames on one card, from the first to the last, for paper and for those who want to look at leisure.
     *
     * @return the figure; as many frames in a row as fit the page, every row full
     */
    public Figure strip() {
        int shown = Math.min(STRIP, frames.size());
        int[] chosen = IntStream.range(0, shown)
                .map(i -> Math.round((float) i * (frames.size() - 1) / Math.max(1, shown - 1)))
                .toArray();
        int across = across(shown);
        int down = shown / across;
        String words = Text.of("%d of %d frames: %s", shown, frames.size(), alt);
        return Figure.draw(across * width(), down * height(), Figure.MANY_COLORS, words, g -> {
            for (int i = 0; i < shown; i++) {
                SideBySide.paint(g, frames.get(chosen[i]), i % across * width(), i / across * height());
            }
        });
    }

    /** How many frames in a row fit the page, so that every row is full. */
    private int across(int shown) {
        int across = shown;
        while (across > 1 && (across * width() > Style.WIDTH || shown % across > 0)) {
            across--;
        }
        return across;
    }

    /**
     * The frames.
     *
     * @return in order
     */
    public List<Figure> frames() {
        return frames;
    }

    /**
     * The width at which it is shown.
     *
     * @return in points
     */
    public int width() {
        return frames.get(0).width();
    }

    /**
     * The height at which it is shown.
     *
     * @return in points
     */
    public int height() {
        return frames.get(0).height();
    }

    /**
     * What there is to see, in words.
     *
     * @return a sentence or two
     */
    public String alt() {
        return alt;
    }

    /**
     * The words that stand for the animation.
     *
     * @return its alt text
     */
    @Override
    public String toString() {
        return alt;
    }
}

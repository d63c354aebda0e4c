package cnnkit.data;

import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * Patches of photographs, each in four turns: which way up is it? The labels cost nothing, because whoever turns a patch
 * knows how far (section 7.6.2; Gidaris and others, Unsupervised representation learning by predicting image rotations,
 * 2018).
 *
 * <p>Shape {@code (C, H, W) -> (C, size, size)}; label k is a patch turned k times by 90 degrees, against the clock:
 * <pre>
 *     label 0   upright       out[c][y][x] = patch[c][y][x]
 *     label 1                 out[c][y][x] = patch[c][x][size - 1 - y]       what was on the right is on top
 *     label 2   upside down   out[c][y][x] = patch[c][size - 1 - y][size - 1 - x]
 *     label 3                 out[c][y][x] = patch[c][size - 1 - x][y]       what was on the left is on top
 * </pre>
 * A turn by 90 degrees moves pixels and computes none, so the pixels themselves bear no trace of it.
 */
public final class TurnedPatches {
    private static final int TURNS = 4;

    private TurnedPatches() {}

    /**
     * Cuts patches from the columns {@code left} to {@code right - 1} of photographs and turns them: from top to bottom,
     * from left to right, each in four turns one after the other. So patch {@code i} of the result is turned {@code i % 4}
     * times.
     *
     * @param photographs the photographs
     * @param left the first column
     * @param right the column behind the last one
     * @param size of a patch, in pixels
     * @param stride from one patch to the next, across and down
     * @param mirrored whether each patch is there a second time, mirrored left to right: up stays up
     * @return images [C, size, size] in 4 classes
     * @throws IllegalArgumentException if no patch fits, or the stride is not positive
     */
    public static Dataset of(Dataset photographs, int left, int right, int size, int stride, boolean mirrored) {
        int[] shape = photographs.imageShape(); // C, H, W
        if (size < 1 || stride < 1 || left < 0 || right > shape[2] || right - left < size || shape[1] < size) {
            throw new IllegalArgumentException(Text.error(
                    "TurnedPatches: no patch of %d x %d, every %d pixels, fits into columns %d to %d of photographs %d high and %d wide",
                    size, size, stride, left, right - 1, shape[1], shape[2]));
        }
        List<Tensor> patches = new ArrayList<>();
        for (int n = 0; n < photographs.size(); n++) {
            Tensor photograph = photographs.image(n);
            for (int y = 0; y <= shape[1] - size; y = next(y, stride)) {
                for (int x = left; x <= right - size; x = next(x, stride)) {
                    patches.add(cut(photograph, y, x, size, false));
                    if (mirrored) {
                        patches.add(cut(photograph, y, x, size, true));
                    }
                }
            }
        }
        int length = shape[0] * size * size;
        Tensor images = Tensor.zeros(TURNS * patches.size(), shape[0], size, size);
        int[] labels = new int[TURNS * patches.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % TURNS;
            Tensor turned = turned(patches.get(i / TURNS), labels[i]);
            System.arraycopy(turned.data(), 0, images.data(), i * length, length);
        }
        return Dataset.of(images, labels, TURNS);
    }

    /** The largest number there is, if the stride goes beyond it. */
    private static int next(int place, int stride) {
        return place > Integer.MAX_VALUE - stride ? Integer.MAX_VALUE : place + stride;
    }

    private static Tensor cut(Tensor photograph, int top, int left, int size, boolean mirrored) {
        Tensor patch = Tensor.zeros(photograph.size(0), size, size);
        for (int c = 0; c < patch.size(0); c++) {
            for (int y = 0; y < size; y++) {
                for (int x = 0; x < size; x++) {
                    patch.set(photograph.get(c, top + y, left + (mirrored ? size - 1 - x : x)), c, y, x);
                }
            }
        }
        return patch;
    }

    /**
     * Turns a square picture.
     *
     * @param picture (C, size, size)
     * @param quarters how often by 90 degrees, against the clock; if negative, with it
     * @return a new picture, (C, size, size)
     * @throws cnnkit.tensor.ShapeException if it is not square
     */
    public static Tensor turned(Tensor picture, int quarters) {
        Shapes.expect("TurnedPatches", "picture", picture, "C", "size", "size");
        int size = picture.size(1);
        Shapes.expect("TurnedPatches", "square picture", picture, "C", size, size);
        Tensor turned = picture.copy();
        for (int turn = 0; turn < Math.floorMod(quarters, TURNS); turn++) {
            Tensor from = turned.copy();
            for (int c = 0; c < picture.size(0); c++) {
                for (int y = 0; y < size; y++) {
                    for (int x = 0; x < size; x++) {
                        turned.set(from.get(c, x, size - 1 - y), c, y, x);
                    }
                }
            }
        }
        return turned;
    }
}

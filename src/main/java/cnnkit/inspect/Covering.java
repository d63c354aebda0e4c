package cnnkit.inspect;

import cnnkit.im2col.Window;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** An image that is covered by a patch, at one position of a window after the other. */
record Covering(Tensor image, Window window, double value) {
    private static final int BATCH = 100;

    /** What is watched: one number for each image of a batch. */
    interface Watched {
        float[] of(Tensor x); // (N, C, H, W)
    }

    /**
     * How much what is watched falls under each patch.
     *
     * @param whole what it is for the image as it is
     * @param counts the patches that can change it; below the others it falls by 0
     * @return (OH, OW), one for each position of the window
     */
    Tensor drops(double whole, Predicate<Region> counts, Watched watched) {
        int OH = window.outputHeight(image.size(1)), OW = window.outputWidth(image.size(2));
        Tensor drops = Tensor.zeros(OH, OW);
        List<Integer> tried = new ArrayList<>();
        for (int i = 0; i < drops.length(); i++) {
            if (counts.test(patch(i / OW, i % OW))) {
                tried.add(i);
            }
        }
        for (int from = 0; from < tried.size(); from += BATCH) {
            InterruptedWorkException.check("occlusion", from, tried.size(), "patches");
            List<Integer> some = tried.subList(from, Math.min(from + BATCH, tried.size()));
            Tensor x = Tensor.zeros(PartialNetwork.withBatch(some.size(), image.shape()));
            for (int n = 0; n < some.size(); n++) {
                Tensor covered = covered(patch(some.get(n) / OW, some.get(n) % OW));
                System.arraycopy(covered.data(), 0, x.data(), n * covered.length(), covered.length());
            }
            float[] values = watched.of(x);
            for (int n = 0; n < some.size(); n++) {
                drops.data()[some.get(n)] = (float) whole - values[n];
            }
        }
        return drops;
    }

    /** Where the window stands at a position; over padding it reaches beyond the image. */
    Region patch(int oy, int ox) {
        return new Region(
                oy * window.strideHeight() - window.paddingHeight(),
                ox * window.strideWidth() - window.paddingWidth(),
                window.kernelHeight(),
                window.kernelWidth());
    }

    private Tensor covered(Region patch) {
        Tensor covered = image.copy();
        int plane = image.size(1) * image.size(2);
        for (int pixel : pixels(patch)) {
            for (int c = 0; c < image.size(0); c++) {
                covered.data()[c * plane + pixel] = (float) value;
            }
        }
        return covered;
    }

    /** The pixels of the image under a patch: their places in a plane. */
    private int[] pixels(Region patch) {
        int H = image.size(1), W = image.size(2);
        int left = Math.max(patch.left(), 0), right = Math.min(patch.left() + patch.width(), W);
        return IntStream.range(Math.max(patch.top(), 0), Math.min(patch.top() + patch.height(), H))
                .flatMap(y -> IntStream.range(y * W + left, y * W + right))
                .toArray();
    }

    /** For each pixel the mean drop of all patches that cover it, (H, W); NaN where no patch lay. */
    Tensor byPixel(Tensor drops) {
        int H = image.size(1), W = image.size(2);
        double[] sums = new double[H * W];
        int[] counts = new int[H * W];
        for (int i = 0; i < drops.length(); i++) {
            Region patch = patch(i / drops.size(1), i % drops.size(1));
            for (int pixel : pixels(patch)) {
                sums[pixel] += drops.data()[i];
                counts[pixel]++;
            }
        }
        Tensor map = Tensor.zeros(H, W);
        for (int i = 0; i < sums.length; i++) {
            map.data()[i] = (float) (sums[i] / counts[i]);
        }
        return map;
    }
}

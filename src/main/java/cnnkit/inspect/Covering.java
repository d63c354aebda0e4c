package cnnkit.inspect;

import cnnkit.im2col.Window;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

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
        int H = image.size(1), W = image.size(2);
        for (int c = 0; c < image.size(0); c++) {
            for (int y = Math.max(patch.top(), 0); y < Math.min(patch.top() + patch.height(), H); y++) {
                for (int x = Math.max(patch.left(), 0); x < Math.min(patch.left() + patch.width(), W); x++) {
                    covered.set((float) value, c, y, x);
                }
            }
        }
        return covered;
    }

    /** For each pixel the mean drop of all patches that cover it, (H, W); NaN where no patch lay. */
    Tensor byPixel(Tensor drops) {
        int H = image.size(1), W = image.size(2);
        double[] sums = new double[H * W];
        int[] counts = new int[H * W];
        for (int i = 0; i < drops.length(); i++) {
            Region patch = patch(i / drops.size(1), i % drops.size(1));
            for (int y = Math.max(patch.top(), 0); y < Math.min(patch.top() + patch.height(), H); y++) {
                for (int x = Math.max(patch.left(), 0); x < Math.min(patch.left() + patch.width(), W); x++) {
                    sums[y * W + x] += drops.data()[i];
                    counts[y * W + x]++;
                }
            }
        }
        Tensor map = Tensor.zeros(H, W);
        for (int i = 0; i < sums.length; i++) {
            map.data()[i] = (float) (sums[i] / counts[i]);
        }
        return map;
    }
}

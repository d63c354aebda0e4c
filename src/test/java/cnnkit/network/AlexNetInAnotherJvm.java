package cnnkit.network;

import cnnkit.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** AlexNet at its full size looks at a real picture; says how long that took without drawing the weights. */
final class AlexNetInAnotherJvm {
    private static final int SIZE = 227;

    private AlexNetInAnotherJvm() {}

    public static void main(String[] arguments) throws IOException {
        Network network = AlexNet.create(1);
        Tensor x = middle(ImageIO.read(new File(arguments[0])));
        long begin = System.nanoTime();
        Tensor scores = network.predict(x);
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.println(Arrays.toString(scores.shape()) + " " + Float.isFinite(scores.max() - scores.min()) + " "
                + (scores.max() > scores.min()));
        System.err.printf("AlexNet: %.2f s for the first forward pass%n", seconds);
    }

    /** The middle of a picture, (1, 3, 227, 227), values from 0 to 1. */
    private static Tensor middle(BufferedImage picture) {
        int left = (picture.getWidth() - SIZE) / 2, top = (picture.getHeight() - SIZE) / 2;
        Tensor x = Tensor.zeros(1, 3, SIZE, SIZE);
        for (int i = 0; i < x.length(); i++) {
            int channel = i / (SIZE * SIZE), row = i / SIZE % SIZE, column = i % SIZE;
            x.data()[i] = (picture.getRGB(left + column, top + row) >> (16 - 8 * channel) & 0xff) / 255f;
        }
        return x;
    }
}

import cnnkit.network.Activation;
import cnnkit.network.LeNet;
import java.io.IOException;

/**
 * Section 7.7.1: LeNet as the chapter tells it, with sigmoid and subsampling that keeps one pixel of four (weights after
 * Xavier), and as one would build it today, with ReLU and the maximum (weights after He); 10 epochs, five seeds each. The
 * training accuracy of an epoch is that of its batches, each just before its step; the test images are read once for each
 * run, after the last step. Run with {@code python3 lab.py experiments LeNet10}; about 15 minutes.
 */
final class LeNet10 {
    public static void main(String[] beginnings) throws IOException {
        new Runs("LeNet10", 10, 5)
                .constantRate("sigmoid and keep one", LeNet::create)
                .constantRate("ReLU and maximum", seed -> LeNet.builder()
                        .activation(Activation.RELU)
                        .pooling(LeNet.Pooling.MAXIMUM)
                        .build(seed))
                .record(beginnings);
    }
}

import cnnkit.network.DeepConvNet;
import java.io.IOException;

/**
 * DeepConvNet as in chapter 8 of the book: 20 epochs, five seeds. Run with {@code python3 lab.py experiments
 * DeepConvNet20}; about an hour and a half on two cores.
 */
final class DeepConvNet20 {
    public static void main(String[] beginnings) throws IOException {
        new Runs("DeepConvNet20", 20, 5)
                .constantRate("constant rate", DeepConvNet::create)
                .record(beginnings);
    }
}

import cnnkit.network.SimpleConvNet;
import java.io.IOException;

/**
 * Section 7.5 to the end: SimpleConvNet for the book's 20 epochs, with the book's constant learning rate and with one that
 * decays, five seeds each. Run with {@code python3 lab.py experiments SimpleConvNet20}; about 40 minutes.
 */
final class SimpleConvNet20 {
    public static void main(String[] beginnings) throws IOException {
        new Runs("SimpleConvNet20", 20, 5)
                .constantRate("constant rate", SimpleConvNet::create)
                .decayingRate("decaying rate", SimpleConvNet::create)
                .record(beginnings);
    }
}

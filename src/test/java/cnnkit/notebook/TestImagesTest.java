package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cnnkit.data.Mnist;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TestImagesTest {
    @Test
    void everyLookIsCountedAndPrinted() throws IOException {
        TestImages images = new TestImages(Mnist.load());
        assertEquals(0, images.looks());
        assertEquals("▪ test images, look 1: the end", Printed.by(() -> images.look("the end")));
        assertEquals("▪ test images, look 2: again", Printed.by(() -> images.look("again")));
        assertEquals(2, images.looks());
    }
}

package homework;

import cnnkit.homework.Check;
import org.junit.jupiter.api.Test;

/** Each test tries the code of this project on small cases first; when one fails, its message names the mistake. */
class HomeworkTest {
    @Test
    void im2col() {
        Check.im2col(MyIm2col::im2col).orThrow();
    }

    @Test
    void col2im() {
        Check.col2im(MyIm2col::col2im).orThrow();
    }

    @Test
    void convolution() {
        Check.convolution(MyConvolution::new).orThrow();
    }

    @Test
    void maxPooling() {
        Check.maxPooling(MyMaxPooling::new).orThrow();
    }
}

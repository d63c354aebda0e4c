package cnnkit.homework;

import java.util.List;

/** Right convolution layers, in the styles of the wrong ones. */
final class RightConvolution {
    private RightConvolution() {}

    static List<Version> versions() {
        return List.of(
                Version.of("convolution, the book", () -> Check.convolution(BookConvolution::new)),
                Version.of("convolution, loops", () -> Check.convolution(LoopConvolution::new)),
                Version.of("convolution, planes", () -> Check.convolution(PlaneConvolution::new)),
                Version.of(
                        "convolution, the library's gradients",
                        () -> Check.convolution((W, b, window) ->
                                OwnConvolution.withRightGradients(new BookConvolution(W, b, window)))));
    }
}

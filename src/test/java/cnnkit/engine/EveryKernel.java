package cnnkit.engine;

import java.util.Objects;
import java.util.stream.Stream;

/** The kernels that this Java has: the plain one, and the one on the Vector API where its module is there. */
final class EveryKernel {
    private EveryKernel() {}

    static Stream<Kernel> kernels() {
        return Stream.of(Kernels.plain(), Kernels.vector()).filter(Objects::nonNull);
    }
}

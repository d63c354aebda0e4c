package cnnkit.homework;

import cnnkit.layer.Layer;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.Optional;

/** What the learner's code gave cannot be judged: it has another shape, or holds what is no number. It is no exception of theirs. */
final class Unfit extends LearnersLine.Explained {
    private static final long serialVersionUID = 1L;

    private Unfit(String message) {
        super(message);
    }

    /** The same thing, if it is there at all. */
    static <T> T there(String what, T given) throws LearnersLine.NothingCameBack {
        if (given == null) {
            throw new LearnersLine.NothingCameBack(what);
        }
        return given;
    }

    /** The same layer, if there is one. */
    static Layer made(Layer layer) throws LearnersLine.Explained {
        if (layer == null) {
            throw new LearnersLine.Explained(Text.of("your code gives back null where a layer is expected"));
        }
        return layer;
    }

    /** The same tensor, if it is there and has this shape: fewer numbers, or more, would else be compared with the wrong ones. */
    static Tensor shaped(String what, Tensor given, int... shape) throws LearnersLine.Explained {
        if (!there(what, given).hasShape(shape)) {
            throw new Unfit(Text.of("the shape is %s, expected %s", Shapes.text(given.shape()), Shapes.text(shape)));
        }
        return given;
    }

    /** Throws if there is a NaN or an infinity: no comparison with such a number is ever wrong, so it must not get that far. */
    static void refuseNoNumbers(Tensor given) throws Unfit {
        Optional<String> found = noNumber(given);
        if (found.isPresent()) {
            throw new Unfit(found.get());
        }
    }

    /** Says where the first NaN or infinity is; empty if there is none. */
    static Optional<String> noNumber(Tensor given) {
        for (int i = 0; i < given.length(); i++) {
            if (!Float.isFinite(given.data()[i])) {
                return Optional.of(
                        Text.of("the result holds %s, first at element %d of %d", given.data()[i], i, given.length()));
            }
        }
        return Optional.empty();
    }
}

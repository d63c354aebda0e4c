package cnnkit.homework;

import cnnkit.im2col.Window;
import cnnkit.tensor.Difference;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * The smallest case that failed.
 *
 * @param part what was asked
 * @param the the case
 * @param expected what is right
 * @param yours what the learner's code gave
 */
record Failure(String part, Case the, Tensor expected, Outcome yours) {
    /** Whether the input is a matrix to be folded; else it is x, and a shape, if there is one, holds labels. */
    private boolean isMatrix() {
        return the.shape() != null && the.window() != null;
    }

    /** What goes in, in words: shapes and the window. */
    String input() {
        List<String> parts = new ArrayList<>();
        if (the.x() != null && the.x().length() > 0) {
            parts.add(Text.of(
                    the.shape() == null ? "x %s" : "col %s", Shapes.text(the.x().shape())));
        }
        if (the.shape() != null) {
            parts.add(
                    the.x() == null
                            ? Text.of("size %d", the.shape()[0])
                            : isMatrix()
                                    ? Text.of("images %s", Shapes.text(the.shape()))
                                    : Text.of("labels %s", Shapes.text(the.shape())));
        }
        if (the.W() != null) {
            parts.add("W " + Shapes.text(the.W().shape()));
        }
        Window w = the.window();
        if (w != null && the.x() == null) {
            parts.add(
                    Text.of("kernel %d, stride %d, padding %d", w.kernelHeight(), w.strideHeight(), w.paddingHeight()));
        } else if (w != null) {
            parts.add(Text.of(
                    "a %s window, stride %s, padding %s",
                    pair(w.kernelHeight(), w.kernelWidth(), true),
                    pair(w.strideHeight(), w.strideWidth(), false),
                    pair(w.paddingHeight(), w.paddingWidth(), false)));
        }
        return String.join(Text.of(", "), parts);
    }

    /** Two numbers, or one where one says it all. */
    private static String pair(int height, int width, boolean always) {
        return height == width && !always ? Text.of("%d", height) : Text.of("%dx%d", height, width);
    }

    /** The numbers, one below the other. */
    String numbers() {
        List<String> lines = new ArrayList<>();
        if (the.x() != null) {
            lines.add(labelled(isMatrix() ? "col" : "x", the.x()));
        }
        if (the.W() != null) {
            lines.add(labelled("W", the.W()));
            lines.add(labelled("b", the.b()));
        }
        lines.add(labelled(Text.of("expected"), expected));
        lines.add(yours.isValue() ? labelled(Text.of("yours"), yours.value()) : Text.of("yours: an exception"));
        return String.join("\n", lines);
    }

    private static String labelled(String label, Tensor tensor) {
        return label + " " + tensor.toString().stripTrailing();
    }

    /** How many numbers differ, and which ones; or what was thrown. */
    String difference() {
        return yours.isValue() ? differences().toString() : Text.of("it ends with an exception");
    }

    /** Of what came from what is expected. */
    Difference differences() {
        return Difference.beyond(Outcome.TOLERANCE, yours.value(), expected);
    }
}

package cnnkit.homework;

import cnnkit.plot.Cells;
import cnnkit.plot.Drawing;
import cnnkit.plot.Figure;
import cnnkit.plot.Gallery;
import cnnkit.tensor.Difference;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The smallest case that fails, as grids of cells with their numbers; cells that differ are filled with orange. */
final class FailureFigure {
    private static final int ROWS = 12, COLUMNS = 12; // of a grid; of a larger one the part with the first difference
    private static final int MOST_PANELS = 4;

    private final Failure failure;
    private final Difference difference; // null: there is nothing to compare
    private final int first; // the first number that differs

    private FailureFigure(Failure failure) {
        this.failure = failure;
        difference = failure.yours().isValue() ? failure.differences() : null;
        first = difference == null ? 0 : difference.first();
    }

    static Optional<Figure> of(Failure failure) {
        return failure.the().x() == null || failure.expected().length() == 0
                ? Optional.empty()
                : Optional.of(new FailureFigure(failure).figure());
    }

    private Figure figure() {
        List<Drawing> drawings = new ArrayList<>();
        Case the = failure.the();
        drawings.add(input(the.shape() == null || the.window() == null ? "x" : "col", the.x()));
        if (the.W() != null) {
            drawings.add(input("W", the.W()));
            drawings.add(input("b", the.b()));
        }
        if (!failure.part().equals(Quantity.OUT.inWords()) && the.dout() != null) {
            drawings.add(input("dout", the.dout()));
        }
        Cells expected = result(Text.of("expected"), failure.expected(), false);
        drawings.add(expected);
        if (failure.yours().isValue() && failure.yours().value().length() > 0) {
            drawings.add(result(Text.of("yours"), failure.yours().value(), difference.hasSameShape())
                    .alike(expected));
        }
        return Gallery.of(drawings.toArray(Drawing[]::new))
                .title(Text.of("%s: the smallest case that fails", failure.part()))
                .alt(Text.of("%s: %s. %s", failure.part(), failure.input(), failure.difference()))
                .figure();
    }

    private static Drawing input(String name, Tensor tensor) {
        int[] shape = tensor.shape();
        Tensor panels = tensor.reshape(-1, rows(shape), columns(shape));
        int shown = Math.min(MOST_PANELS, panels.size(0));
        List<Tensor> cut = new ArrayList<>();
        for (int panel = 0; panel < shown; panel++) {
            cut.add(cut(panels.slice(panel), 0, 0));
        }
        Tensor all = Tensor.zeros(shown, cut.get(0).size(0), cut.get(0).size(1));
        for (int panel = 0; panel < shown; panel++) {
            System.arraycopy(
                    cut.get(panel).data(),
                    0,
                    all.data(),
                    panel * cut.get(panel).length(),
                    cut.get(panel).length());
        }
        return Cells.signed(all).numbers().withoutScale().title(name + " " + Shapes.text(shape));
    }

    private static int rows(int... shape) {
        return shape.length <= 1 ? 1 : shape[shape.length - 2];
    }

    /** Of a single number without axes it is 1. */
    private static int columns(int... shape) {
        return shape.length == 0 ? 1 : shape[shape.length - 1];
    }

    /** The panel with the first difference. */
    private Cells result(String name, Tensor tensor, boolean marked) {
        int[] shape = tensor.shape();
        int H = rows(shape), W = columns(shape);
        int panel = marked || tensor.length() == failure.expected().length()
                ? Math.min(first, tensor.length() - 1) / (H * W)
                : 0;
        int top = Math.max(0, first / W % H - ROWS / 2), left = Math.max(0, first % W - COLUMNS / 2);
        top = H <= ROWS ? 0 : Math.min(top, H - ROWS);
        left = W <= COLUMNS ? 0 : Math.min(left, W - COLUMNS);
        Tensor cut = cut(tensor.reshape(-1, H, W).slice(panel), top, left);
        Cells cells = Cells.signed(cut).numbers().withoutScale().title(name + " " + Shapes.text(shape));
        for (int row = 0; marked && row < cut.size(0); row++) {
            for (int column = 0; column < cut.size(1); column++) {
                if (difference.isAt((panel * H + top + row) * W + left + column)) {
                    cells.markPixel(row, column);
                }
            }
        }
        return cells;
    }

    private static Tensor cut(Tensor panel, int top, int left) {
        int H = Math.min(ROWS, panel.size(0) - top), W = Math.min(COLUMNS, panel.size(1) - left);
        Tensor cut = Tensor.zeros(H, W);
        for (int row = 0; row < H; row++) {
            for (int column = 0; column < W; column++) {
                cut.set(panel.get(top + row, left + column), row, column);
            }
        }
        return cut;
    }
}

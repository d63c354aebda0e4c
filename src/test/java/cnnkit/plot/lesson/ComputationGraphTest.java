package cnnkit.plot.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.plot.Figure;
import cnnkit.plot.Pixels;
import cnnkit.plot.card.Style;
import java.awt.Color;
import java.awt.Rectangle;
import org.junit.jupiter.api.Test;

class ComputationGraphTest {
    private static ComputationGraph squareOfASum() {
        return ComputationGraph.empty()
                .value("x", 2)
                .value("w", 3)
                .value("b", 1)
                .operation("p", "×", 6, "x", "w")
                .operation("z", "+", 7, "p", "b")
                .operation("L", "( )²", 49, "z");
    }

    @Test
    void theWordsTellValuesForwardAndGradientsBack() {
        assertEquals(
                "Forward: x = 2, w = 3, b = 1, p = 6, z = 7, L = 49",
                squareOfASum().figure().alt());
        assertEquals(
                "The chain rule. Forward: x = 2, w = 3, b = 1, p = 6, z = 7, L = 49. Back: dL = 1, dz = 14",
                squareOfASum()
                        .title("The chain rule")
                        .gradient("z", 14)
                        .gradient("L", 1)
                        .alt());
    }

    @Test
    void aGradientThatWasNotToldHasNoArrowBack() {
        assertNull(Pixels.box(squareOfASum().figure().image(), Style.BLUE));
        Figure last = squareOfASum().gradient("L", 1).figure();
        Rectangle back = Pixels.box(last.image(), Style.BLUE);
        assertNotNull(back);
        assertTrue(back.x > last.image().getWidth() / 2, "the result is at the right: " + back);
        Rectangle first = Pixels.box(squareOfASum().gradient("x", 42).figure().image(), Style.BLUE);
        assertTrue(first.x + first.width < last.image().getWidth() / 2, "x is at the left: " + first);
    }

    @Test
    void anArrowThatTurnsUpIsApartFromTheValueBesideIt() {
        Figure graph = squareOfASum().gradient("w", 28).gradient("b", 14).figure();
        int[] columns = new int[graph.image().getWidth()];
        int lower = graph.image().getHeight() * 7 / 10; // the row of w and b, below the nodes
        for (int x = 0; x < columns.length; x++) {
            for (int y = lower - 20; y < lower + 20; y++) {
                columns[x] += graph.image().getRGB(x, y) == Color.WHITE.getRGB() ? 0 : 1;
            }
        }
        int first = 0, last = columns.length - 1;
        while (columns[first] == 0) {
            first++;
        }
        while (columns[last] == 0) {
            last--;
        }
        int gap = 0, widest = 0;
        for (int x = first; x <= last; x++) {
            gap = columns[x] == 0 ? gap + 1 : 0;
            widest = Math.max(widest, gap);
        }
        assertTrue(widest >= 20, "white columns between the arrows of w and b: " + widest);
    }

    @Test
    void aLongTitleMakesTheFigureWider() {
        String title =
                "The gradient of a square of a sum goes back through three nodes, one factor at each of them, to x";
        assertTrue(squareOfASum().title(title).figure().width()
                > squareOfASum().figure().width());
    }

    @Test
    void aChainOfSixOperationsFitsOnAPage() {
        ComputationGraph chain = ComputationGraph.empty().value("v0", 1);
        for (int i = 1; i <= 6; i++) {
            chain.operation("v" + i, "+1", 1 + i, "v" + (i - 1));
        }
        assertTrue(chain.figure().width() <= Style.WIDTH);
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> squareOfASum().value("x", 3));
        assertThrows(IllegalArgumentException.class, () -> squareOfASum().gradient("y", 3));
        assertThrows(IllegalArgumentException.class, () -> squareOfASum().operation("q", "+", 3));
        assertThrows(IllegalArgumentException.class, () -> squareOfASum().operation("q", "+", 3, "y"));
        String twice = assertThrows(
                        IllegalArgumentException.class, () -> squareOfASum().operation("q", "+", 3, "L", "x"))
                .getMessage();
        assertEquals("ComputationGraph: x is read by p already: give its copy a name of its own", twice);
        assertThrows(IllegalArgumentException.class, () -> squareOfASum().operation("q", "+", 3, "L", "L"));
        assertThrows(
                IllegalStateException.class,
                () -> ComputationGraph.empty().value("x", 1).figure());
        assertThrows(
                IllegalStateException.class,
                () -> squareOfASum().value("loose", 1).figure());
    }
}

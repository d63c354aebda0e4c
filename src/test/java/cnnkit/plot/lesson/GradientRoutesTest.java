package cnnkit.plot.lesson;

import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Window;
import cnnkit.plot.Figure;
import cnnkit.plot.Pixels;
import cnnkit.plot.card.Style;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.awt.Rectangle;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientRoutesTest {
    private static final Window USUAL = Window.of(2).stride(2);

    @Test
    void aRouteLeadsFromTheGradientToTheWinner() {
        int high = lowestBlue(tensor(shape(2, 2), 9, 1, 1, 1));
        int low = lowestBlue(tensor(shape(2, 2), 1, 1, 1, 9));
        assertTrue(
                low - high > 15,
                "one row of cells is 36 points, of which a route takes any height: " + high + " and " + low);
    }

    private static int lowestBlue(Tensor x) {
        BufferedImage image =
                GradientRoutes.of(x, USUAL, tensor(shape(1, 1), 5)).figure().image();
        Rectangle routes = Pixels.box(image, Style.BLUE);
        return (routes.y + routes.height) / Figure.SCALE;
    }

    @Test
    void gradientsThatMeetAreCountedAsOnePixel() {
        Tensor hill = Tensor.zeros(3, 3);
        hill.set(9, 1, 1);
        assertEquals(
                "meet: 4 gradients go back to the largest numbers of their windows, 1 of 9 pixels",
                GradientRoutes.of(hill, Window.of(2), Tensor.filled(1, 2, 2))
                        .title("meet")
                        .figure()
                        .alt());
        assertEquals(
                "they add up",
                GradientRoutes.of(hill, Window.of(2), Tensor.filled(1, 2, 2))
                        .alt("they add up")
                        .figure()
                        .alt());
    }

    @Test
    void shapesThatDoNotBelongTogetherAreRefused() {
        fails(
                ShapeException.class,
                "GradientRoutes: expected x [H, W] and dout [OH, OW] but got [1, 4, 4] and [2, 2]",
                () -> GradientRoutes.of(Tensor.zeros(1, 4, 4), USUAL, Tensor.zeros(2, 2)));
        fails(
                ShapeException.class,
                "GradientRoutes: [10, 10] and [5, 5] are too wide for the page: show fewer columns",
                () -> GradientRoutes.of(Tensor.zeros(10, 10), USUAL, Tensor.zeros(5, 5)));
    }

    /** Routes as they are drawn: overlapping windows, ties, and plain ones. */
    @Test
    void noTwoRoutesBeginOrEndAtOnePlaceNorLieOnEachOther() {
        Tensor hill = Tensor.zeros(5, 5);
        hill.set(9, 2, 2);
        for (GradientRoutes figure : List.of(
                GradientRoutes.of(hill, Window.of(3).stride(2), Tensor.range(2, 2)),
                GradientRoutes.of(Tensor.filled(7, 5, 5), Window.of(3).stride(2), Tensor.range(2, 2)),
                GradientRoutes.of(Tensor.range(4, 4), USUAL, Tensor.range(2, 2)),
                GradientRoutes.of(Tensor.zeros(6, 6), USUAL, Tensor.range(3, 3)))) {
            List<Line2D.Double> routes = figure.routes(new Rectangle(0, 36, 108, 108), new Rectangle(200, 0, 216, 216));
            for (int i = 0; i < routes.size(); i++) {
                for (int j = i + 1; j < routes.size(); j++) {
                    Line2D.Double a = routes.get(i), b = routes.get(j);
                    assertTrue(a.getP1().distance(b.getP1()) >= 4, "begin: " + i + " and " + j);
                    assertTrue(a.getP2().distance(b.getP2()) >= 4, "end: " + i + " and " + j);
                    double apart = Math.max(a.ptLineDist(b.getP1()), a.ptLineDist(b.getP2()));
                    assertTrue(apart >= 3, "on one line: " + i + " and " + j + ", " + apart);
                }
            }
        }
    }
}

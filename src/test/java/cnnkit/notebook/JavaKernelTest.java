package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.plot.Animation;
import cnnkit.plot.Cells;
import cnnkit.plot.Curves;
import cnnkit.plot.Figure;
import cnnkit.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** The real renderer of JJava shows our things, registered as in a notebook. */
class JavaKernelTest {
    private static final Renderer RENDERER = new Renderer();

    /** As much of a kernel as {@link JavaKernel} needs. */
    public static final class FakeKernel {
        /**
         * The part that renders.
         *
         * @return JJava's
         */
        public Renderer getRenderer() {
            return RENDERER;
        }
    }

    /** What IJava has from the library below it. */
    private static class FakeIJavaBase {
        final AtomicInteger executionCount = new AtomicInteger(4);
    }

    /** IJava keeps its JShell one door further in than JJava. */
    private static final class FakeIJava extends FakeIJavaBase {
        final Evaluator evaluator = new Evaluator();
    }

    /** The door. */
    public static final class Evaluator {
        /**
         * Stands for the JShell.
         *
         * @return a word
         */
        public String getShell() {
            return "the shell";
        }
    }

    /** Breaks when it is looked at. */
    public static final class Broken {}

    @BeforeAll
    static void install() {
        JavaKernel kernel = JavaKernel.of(new FakeKernel(), JavaKernelTest.class);
        Notebook.install(kernel);
        Notebook.install(kernel); // twice does no harm
    }

    private static String html(Object value) {
        return (String) RENDERER.render(value).getData(MIMEType.TEXT_HTML);
    }

    private static String text(Object value) {
        return (String) RENDERER.render(value).getData(MIMEType.TEXT_PLAIN);
    }

    @Test
    void ijavaHasAShellAndCountsItsCells() throws ReflectiveOperationException {
        FakeIJava ijava = new FakeIJava();
        JavaKernel kernel = JavaKernel.of(ijava, JavaKernelTest.class);
        assertEquals("the shell", kernel.shell());
        ijava.executionCount.incrementAndGet();
        assertEquals(5, kernel.cells().intValue());
    }

    @Test
    void aKernelOfAnotherKindHasNoShell() {
        JavaKernel kernel = JavaKernel.of(new FakeKernel(), JavaKernelTest.class);
        assertThrows(NoSuchFieldException.class, kernel::shell);
    }

    @Test
    void aFigureIsAnImageWithItsWordsAndNothingTwice() {
        Figure figure = Figure.of(new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB), "1 < 2 & \"so\"");
        assertTrue(html(figure).startsWith("<img alt=\"1 &lt; 2 &amp; &quot;so&quot;\" width=\"9\""), html(figure));
        assertTrue(html(figure).contains("src=\"data:image/png;base64,iVBOR"), html(figure));
        assertEquals("1 < 2 & \"so\"", text(figure));
    }

    @Test
    void whatCanBeDrawnIsDrawn() {
        assertTrue(html(Cells.pixels(Tensor.zeros(2, 2))).startsWith("<img "));
        assertTrue(html(Curves.of("x", "y").line("a", new double[] {1}, new double[] {1}))
                .startsWith("<img "));
    }

    @Test
    void anAnimationIsAGifWithItsWords() {
        Cells frame = Cells.pixels(Tensor.zeros(2, 2));
        Animation animation = Animation.of(List.of(frame, frame), "nothing < happens");
        assertTrue(html(animation).startsWith("<img alt=\"nothing &lt; happens\" width="), html(animation));
        assertTrue(html(animation).contains("src=\"data:image/gif;base64,R0lGOD"), html(animation));
        assertEquals("nothing < happens", text(animation));
    }

    @Test
    void aChartOfXChartIsAnImageWithItsTitleAsWords() {
        XYChart chart = new XYChart(200, 100);
        chart.setTitle("my chart");
        chart.addSeries("a", new double[] {1, 2}, new double[] {1, 2});
        assertTrue(html(chart).startsWith("<img alt=\"my chart\" width=\"200\""), html(chart));
        assertEquals("my chart", text(chart));
    }

    @Test
    void tablesNetworksAndHistoriesAreTables() {
        assertTrue(html(Table.create("t", IntColumn.create("n", 1))).startsWith("<table"));
        assertTrue(html(Runs.network()).contains(">Conv1</td>"));
        assertTrue(html(Runs.network().summary()).contains(">Conv1</td>"));
        assertTrue(html(Runs.trainer(3).train()).contains(">validation accuracy</th>"));
        assertTrue(text(Runs.network()).contains("Conv1"));
    }

    @Test
    void anErrorWhileDrawingBecomesText() throws ReflectiveOperationException {
        JavaKernel.of(new FakeKernel(), JavaKernelTest.class)
                .show(
                        Broken.class,
                        broken -> {
                            throw new StackOverflowError("too deep");
                        },
                        broken -> "broken");
        DisplayData shown = RENDERER.render(new Broken());
        assertEquals(
                "this cannot be shown: java.lang.StackOverflowError: too deep", shown.getData(MIMEType.TEXT_PLAIN));
        assertFalse(shown.hasDataForType(MIMEType.TEXT_HTML));
    }

    @Test
    void aTestIsNoNotebook() {
        assertTrue(JavaKernel.running().isEmpty());
        Notebook.install(); // and that is no error
    }
}

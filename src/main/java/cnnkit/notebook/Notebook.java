package cnnkit.notebook;

import cnnkit.homework.Report;
import cnnkit.network.Network;
import cnnkit.network.Summary;
import cnnkit.plot.Animation;
import cnnkit.plot.Charts;
import cnnkit.plot.Drawing;
import cnnkit.tensor.Text;
import cnnkit.train.History;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import tech.tablesaw.table.Relation;

/**
 * Teaches the kernel to show what the kit and its libraries make (figures, charts, tables, networks, histories), and to say
 * so when it empties variables.
 */
public final class Notebook {
    private static final Set<String> SHOWN = new HashSet<>();

    private Notebook() {}

    /**
     * Makes figures, charts, tables and networks show themselves. JJava does this by itself when the jar arrives; in other
     * kernels call it once. Calling it again, or outside a notebook, does nothing.
     */
    public static void install() {
        JavaKernel.running().ifPresent(Notebook::install);
    }

    /**
     * The seed of an experiment. It is the number given, unless the notebook is being repeated with fresh seeds
     * ({@code python3 lab.py replicate}), to see how often its claims hold.
     *
     * @param seed from 0 to 999
     * @return the same number, or a fresh one for each repetition
     * @throws IllegalArgumentException if the number is another one
     */
    public static long seed(long seed) {
        if (seed < 0 || seed > 999) {
            throw new IllegalArgumentException(Text.error("Notebook: expected a seed from 0 to 999 but got %s", seed));
        }
        return Replication.seed(seed);
    }

    /**
     * Tells what a class of the kit is for: the beginning of its Javadoc, with shapes and formula, and where its source lies.
     * Shift-Tab shows signatures only.
     *
     * @param type such as {@code Convolution.class}
     * @return words that show themselves; as text, elsewhere
     * @throws IllegalArgumentException if it is no class of cnnkit
     */
    public static Shown help(Class<?> type) {
        return new Help(type);
    }

    static synchronized void install(JavaKernel kernel) {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true"); // figures need no window, nor a screen to open one on
        }
        CellCompiler.begin();
        TranslatedOutput.install(kernel);
        show(kernel, Drawing.class, drawing -> Html.image(drawing.figure()), Drawing::toString);
        show(kernel, Animation.class, Html::image, Animation::toString);
        show(kernel, LiveFrame.class, LiveFrame::html, LiveFrame::text);
        show(kernel, Quiz.Sheet.class, Quiz.Sheet::html, Quiz.Sheet::toString);
        show(kernel, Report.class, ReportHtml::of, Report::toString);
        show(kernel, Shown.class, Shown::html, Shown::toString);
        ifThere(() -> ForXChart.show(kernel));
        ifThere(() -> ForTablesaw.show(kernel));
        ifThere(() -> CellWatch.begin(kernel));
    }

    /** A library may arrive after our jar; then the next install, or the next jar, finds it. */
    private static void ifThere(Runnable library) {
        try {
            library.run();
        } catch (LinkageError e) {
            // not there yet
        }
    }

    /** Needs XChart, so that nothing else has to. */
    private static final class ForXChart {
        static void show(JavaKernel kernel) {
            Notebook.show(
                    kernel, Charts.type(), chart -> Html.image(Charts.figure(chart, words(chart))), ForXChart::words);
        }

        private static String words(Object chart) {
            return Charts.title(chart).isEmpty() ? "a chart without a title" : Charts.title(chart);
        }
    }

    /** Mentions Tablesaw, so that nothing else has to. */
    private static final class ForTablesaw {
        static void show(JavaKernel kernel) {
            Notebook.show(kernel, Relation.class, Tables::html, Tables::text);
            Notebook.show(kernel, Summary.class, Tables::ledger, Summary::toString);
            Notebook.show(kernel, Network.class, network -> Tables.ledger(network.summary()), Network::toString);
            Notebook.show(kernel, History.class, history -> Tables.html(history.table()), History::toString);
        }
    }

    private static <T> void show(
            JavaKernel kernel, Class<T> type, Function<? super T, String> html, Function<? super T, String> text) {
        if (SHOWN.contains(type.getName())) {
            return;
        }
        try {
            kernel.show(type, html, text.andThen(Text::shown));
            SHOWN.add(type.getName());
        } catch (ReflectiveOperationException e) {
            System.err.println("cnnkit: this kernel will show " + type.getSimpleName() + " as plain text: " + e);
        }
    }
}

package cnnkit.plot;

import cnnkit.plot.chart.Series;
import cnnkit.tensor.Tensor;
import java.util.List;

/** What is inside drawings, for tests in other rooms. */
public final class Inside {
    private Inside() {}

    public static List<String> captions(Cells cells) {
        return cells.labels().captions();
    }

    public static List<Tensor> panels(Cells cells) {
        return cells.panels().values();
    }

    public static int across(Cells cells) {
        return cells.layout().across(cells.panels().count());
    }

    public static List<Series> series(Curves curves) {
        return curves.settings().series();
    }

    public static List<String> categories(Bars bars) {
        return bars.settings().categories();
    }
}

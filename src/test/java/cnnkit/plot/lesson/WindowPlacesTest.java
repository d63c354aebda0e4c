package cnnkit.plot.lesson;

import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.plot.Figure;
import cnnkit.plot.Pixels;
import cnnkit.plot.card.Style;
import org.junit.jupiter.api.Test;

class WindowPlacesTest {
    @Test
    void itsWordsSayWhatEachDecisionCosts() {
        WindowPlaces places = WindowPlaces.of(3)
                .line("refuse", 8)
                .line("down", 8, 0, 3)
                .line("up", 8, 0, 3, 6)
                .line("stride 2", 7, 0, 2, 4)
                .line("one", 4, 0);
        assertEquals(
                "refuse: refused; down: 2 windows, 2 dropped; up: 3 windows, 1 beyond the input; "
                        + "stride 2: 3 windows, it fits; one: 1 window, 1 dropped",
                places.toString());
    }

    @Test
    void pixelsBetweenWindowsAreDroppedToo() {
        assertEquals(
                "gaps: 2 windows, 3 dropped",
                WindowPlaces.of(2).line("gaps", 7, 0, 3).toString());
    }

    @Test
    void aPlaceBeyondTheInputIsDashedInVermilionBelowTheBrackets() {
        // only the first window is vermilion, and it begins at the left: what is vermilion at the far right is the
        // place
        Figure over = WindowPlaces.of(3).line("up", 5, 0, 3).figure();
        Figure inside = WindowPlaces.of(3).line("up", 6, 0, 3).figure();
        var box = Pixels.box(over.image(), Style.VERMILION);
        var bracket = Pixels.box(inside.image(), Style.VERMILION);
        assertTrue(box.getMaxX() > bracket.getMaxX() + 2 * 30, box + " " + bracket);
    }

    @Test
    void windowsMustBeginInsideTheInput() {
        fails(
                IllegalArgumentException.class,
                "WindowPlaces: windows must begin at rising places from 0 to 7 but got [0, 8]",
                () -> WindowPlaces.of(3).line("far", 8, 0, 8));
        fails(
                IllegalArgumentException.class,
                "WindowPlaces: windows must begin at rising places from 0 to 7 but got [3, 0]",
                () -> WindowPlaces.of(3).line("back", 8, 3, 0));
        fails(
                IllegalStateException.class,
                "WindowPlaces: there is nothing to draw yet: add a line",
                () -> WindowPlaces.of(3).figure());
    }
}

package cnnkit.inspect;

import static cnnkit.tensor.Check.assertClose;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.inner;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrientationResponseTest {
    private static final int SLANTED = 0, HORIZONTAL = 1, BLOB = 2, VERTICAL = 3, FAINT = 4;

    /** Edges in three directions, a round blob, and a vertical edge that is hardly there. */
    private static Tensor filters() {
        return tensor(
                shape(5, 1, 3, 3),
                0,
                1,
                2,
                -1,
                0,
                1,
                -2,
                -1,
                0, // bright at the top right: the edge falls to the right
                1,
                1,
                1,
                0,
                0,
                0,
                -1,
                -1,
                -1,
                1,
                2,
                1,
                2,
                4,
                2,
                1,
                2,
                1,
                -1,
                0,
                1,
                -1,
                0,
                1,
                -1,
                0,
                1,
                -0.01,
                0,
                0.01,
                -0.01,
                0,
                0.01,
                -0.01,
                0,
                0.01);
    }

    @Test
    void gratingsHaveTheirStripesWhereTheAngleSays() {
        Tensor vertical = new Grating(90, 4, 0).picture(3, 3), horizontal = new Grating(0, 4, 0).picture(3, 3);
        assertClose(tensor(shape(3, 3), 0, 1, 0, 0, 1, 0, 0, 1, 0), vertical, 1e-6, "vertical");
        assertClose(tensor(shape(3, 3), 0, 0, 0, 1, 1, 1, 0, 0, 0), horizontal, 1e-6, "horizontal");
        double root = Math.sqrt(2);
        Tensor rising = new Grating(45, 4 / root, 0).picture(3, 3); // the diagonals lie half a pixel diagonal apart
        assertClose(tensor(shape(3, 3), -1, 0, 1, 0, 1, 0, 1, 0, -1), rising, 1e-6, "rising to the right");
        Tensor edge = new Grating(90, 4, 90).picture(1, 3);
        assertClose(tensor(shape(1, 3), 1, 0, -1), edge, 1e-6, "phase 90: an edge");
    }

    @Test
    void edgesPreferTheirOwnAngle() {
        OrientationResponse response = OrientationResponse.of(filters());
        assertEquals(90, response.preferredAngle(VERTICAL));
        assertEquals(0, response.preferredAngle(HORIZONTAL));
        assertEquals(135, response.preferredAngle(SLANTED));
        assertEquals(VERTICAL, response.mostVertical());
        assertEquals(HORIZONTAL, response.mostHorizontal());
        assertEquals("5 filters: the most vertical is 3, the most horizontal 1", response.toString());
    }

    @Test
    void anEdgeDoesNotSeeStripesAcrossAndABlobSeesAllAlike() {
        OrientationResponse response = OrientationResponse.of(filters());
        assertEquals(1, response.selectivity(VERTICAL), 1e-9);
        assertEquals(1, response.selectivity(HORIZONTAL), 1e-9);
        assertEquals(1, response.selectivity(FAINT), 1e-9); // size does not matter here ...
        assertTrue(response.verticality(FAINT) < 0.02 * response.verticality(VERTICAL)); // ... but here
        assertTrue(response.selectivity(BLOB) < 0.05, "" + response.selectivity(BLOB));
        assertEquals(BLOB, response.bySelectivity().get(4));
    }

    @Test
    void theResponseByHand() {
        // stripes of wavelength 4 at phase 90: 1, 0, -1 across; the vertical edge gives 3 * (-1 - 1), at phase 0
        // nothing
        OrientationResponse response = OrientationResponse.of(filters(), 2, 4);
        assertArrayEquals(new double[] {0, 90}, response.angles());
        assertArrayEquals(new double[] {0, 6}, response.response(VERTICAL), 1e-12);
        assertArrayEquals(new double[] {6, 0}, response.response(HORIZONTAL), 1e-12);
        assertEquals(6, response.verticality(VERTICAL), 1e-12);
        assertEquals(-6, response.verticality(HORIZONTAL), 1e-12);
    }

    @Test
    void noPhaseGivesMoreThanTheResponseAndOneGivesAsMuch() {
        Tensor W = Tensor.gaussian(new Random(5), 1, 1, 1, 5, 5);
        double response = OrientationResponse.of(W, 6, 7).response(0)[2];
        double most = 0;
        for (int phase = 0; phase < 360; phase++) {
            Tensor grating = new Grating(60, 7, phase).picture(5, 5);
            most = Math.max(most, inner(W.reshape(5, 5), grating));
        }
        assertEquals(response, most, 1e-3 * response);
    }

    @Test
    void everyChannelSeesTheSameGrating() {
        Tensor edge = filters().rows(VERTICAL, VERTICAL + 1);
        Tensor twice = Tensor.zeros(1, 2, 3, 3), against = Tensor.zeros(1, 2, 3, 3);
        for (int i = 0; i < 18; i++) {
            twice.data()[i] = edge.data()[i % 9];
            against.data()[i] = edge.data()[i % 9] * (i < 9 ? 1 : -1);
        }
        assertEquals(12, OrientationResponse.of(twice, 2, 4).response(0)[1], 1e-12);
        assertEquals(0, OrientationResponse.of(against, 2, 4).response(0)[1], 1e-12);
        assertEquals(0, OrientationResponse.of(Tensor.zeros(1, 1, 3, 3)).selectivity(0));
    }

    @Test
    void theTableHasALinePerFilter() {
        var table = OrientationResponse.of(filters()).table();
        assertEquals(
                List.of("filter", "preferred angle", "selectivity", "vertical", "horizontal"), table.columnNames());
        assertEquals(5, table.rowCount());
        assertEquals(90, table.doubleColumn("preferred angle").get(VERTICAL));
    }

    @Test
    void settingsOutsideTheirRangeAreRefused() {
        fails(
                ShapeException.class,
                "OrientationResponse: expected filters W [FN, C, FH, FW] but got [3, 3]",
                () -> OrientationResponse.of(Tensor.zeros(3, 3)));
        fails(
                IllegalArgumentException.class,
                "OrientationResponse: a 1x3 filter knows no angles: take a layer with a larger kernel",
                () -> OrientationResponse.of(Tensor.zeros(1, 1, 1, 3)));
        fails(
                IllegalArgumentException.class,
                "OrientationResponse: expected an even number of angles and at least one wavelength but got 5 and 1",
                () -> OrientationResponse.of(filters(), 5, 4));
        fails(
                IllegalArgumentException.class,
                "a grating needs a wavelength of at least 2 pixels and finite numbers but got angle 0.0, wavelength 1.5, phase 0.0",
                () -> OrientationResponse.of(filters(), 4, 1.5));
    }

    @Test
    void anInterruptStopsIt() {
        Thread.currentThread().interrupt();
        fails(
                InterruptedWorkException.class,
                "orientation response stopped after 0 of 36 angles",
                () -> OrientationResponse.of(filters()));
        assertFalse(Thread.interrupted());
    }
}

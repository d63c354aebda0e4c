package cnnkit.inspect;

import cnnkit.engine.Maximum;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * How strongly each filter of a layer responds to stripes of each angle (section 7.6.1).
 *
 * <p>A filter that lies on a {@link Grating} of its own size, the same in every channel, gives the sum of products of
 * weights and values. Moved by the phase, the grating gives c cos(phase) + s sin(phase), whose largest value is the root
 * of the energy c^2 + s^2; so two gratings, a quarter of a wavelength apart, tell the response over all phases:
 * <pre>
 *     response(angle) = max over wavelengths of  sqrt(c^2 + s^2)          c: phase 0,  s: phase 90
 * </pre>
 * The bias takes no part: it is the same for every picture.
 */
public final class OrientationResponse {
    private static final int ANGLES = 36; // every 5 degrees
    private static final double[] PERIODS = {0.75, 1, 1.5}; // wavelengths, in sizes of the kernel
    private static final int HALF_TURN = 180;

    private final double[] angles;
    private final double[][] responses; // of each filter to each angle

    private OrientationResponse(double[] angles, double[][] responses) {
        this.angles = angles;
        this.responses = responses;
    }

    /**
     * Measures the filters of a layer every 5 degrees, with three wavelengths: 0.75, 1 and 1.5 times the size of the kernel.
     *
     * @param W the filters, (FN, C, FH, FW), for example {@code network.parameter("W1").value()}
     * @return their responses
     * @throws cnnkit.tensor.ShapeException if W has another rank
     * @throws IllegalArgumentException if the kernel is a single row or column: it knows no angles
     * @throws InterruptedWorkException if the thread is interrupted
     */
    public static OrientationResponse of(Tensor W) {
        Shapes.expect("OrientationResponse", "filters W", W, "FN", "C", "FH", "FW");
        double kernel = Math.max(W.size(2), W.size(3));
        double[] wavelengths = new double[PERIODS.length];
        for (int i = 0; i < wavelengths.length; i++) {
            wavelengths[i] = Math.max(2, PERIODS[i] * kernel);
        }
        return of(W, ANGLES, wavelengths);
    }

    /**
     * Measures the filters of a layer with gratings of one's own choice.
     *
     * @param W the filters, (FN, C, FH, FW)
     * @param angles how many angles, evenly from 0 up to 180 degrees; an even number, so that each has one across it
     * @param wavelengths in pixels, at least 2
     * @return their responses
     * @throws cnnkit.tensor.ShapeException if W has another rank
     * @throws IllegalArgumentException if the kernel is a single row or column, or a setting is outside its range
     * @throws InterruptedWorkException if the thread is interrupted
     */
    public static OrientationResponse of(Tensor W, int angles, double... wavelengths) {
        Shapes.expect("OrientationResponse", "filters W", W, "FN", "C", "FH", "FW");
        if (W.size(2) < 2 || W.size(3) < 2) {
            throw new IllegalArgumentException(Text.error(
                    "OrientationResponse: a %dx%d filter knows no angles: take a layer with a larger kernel",
                    W.size(2), W.size(3)));
        }
        if (angles < 2 || angles % 2 != 0 || wavelengths.length == 0) {
            throw new IllegalArgumentException(Text.error(
                    "OrientationResponse: expected an even number of angles and at least one wavelength but got %d and %d",
                    angles, wavelengths.length));
        }
        double[] degrees = IntStream.range(0, angles)
                .mapToDouble(i -> (double) HALF_TURN * i / angles)
                .toArray();
        double[][] responses = new double[W.size(0)][angles];
        for (int i = 0; i < angles; i++) {
            InterruptedWorkException.check("orientation response", i, angles, "angles");
            for (double wavelength : wavelengths) {
                double[] c = products(W, new Grating(degrees[i], wavelength, 0));
                double[] s = products(W, new Grating(degrees[i], wavelength, 90));
                for (int f = 0; f < responses.length; f++) {
                    responses[f][i] = Math.max(responses[f][i], Math.sqrt(c[f] * c[f] + s[f] * s[f]));
                }
            }
        }
        return new OrientationResponse(degrees, responses);
    }

    /** What each filter gives when it lies on the grating. */
    private static double[] products(Tensor W, Grating grating) {
        int FN = W.size(0), C = W.size(1), FH = W.size(2), FW = W.size(3);
        double[] values = new double[FH * FW];
        for (int i = 0; i < values.length; i++) {
            values[i] = grating.value(i / FW - (FH - 1) / 2.0, i % FW - (FW - 1) / 2.0);
        }
        double[] products = new double[FN];
        for (int f = 0; f < FN; f++) {
            for (int i = 0; i < C * values.length; i++) {
                products[f] += W.data()[f * C * values.length + i] * values[i % values.length];
            }
        }
        return products;
    }

    /**
     * How many filters were measured.
     *
     * @return FN
     */
    public int filters() {
        return responses.length;
    }

    /**
     * The angles of the stripes.
     *
     * @return degrees from 0 (horizontal) through 90 (vertical) up to, without, 180
     */
    public double[] angles() {
        return angles.clone();
    }

    /**
     * The responses of one filter.
     *
     * @param filter its index, from 0
     * @return one number from 0 per angle, in units of the output
     */
    public double[] response(int filter) {
        return responses[filter].clone();
    }

    /**
     * The angle that a filter responds to most; the first one where several are equal.
     *
     * @param filter its index, from 0
     * @return in degrees: 0 for horizontal stripes, 90 for vertical ones
     */
    public double preferredAngle(int filter) {
        return angles[best(filter)];
    }

    private int best(int filter) {
        int best = 0;
        for (int i = 1; i < angles.length; i++) {
            best = Maximum.beats(responses[filter][i], responses[filter][best]) ? i : best;
        }
        return best;
    }

    /**
     * How much a filter cares about the angle:
     * <pre>
     *     (preferred - across) / (preferred + across)
     * </pre>
     * of the responses to the preferred angle and to the one across it, 90 degrees away.
     *
     * @param filter its index, from 0
     * @return 0 if both are the same to it, as for a round blob, 1 if it does not see stripes across; 0 for weights of 0
     */
    public double selectivity(int filter) {
        int best = best(filter);
        double preferred = responses[filter][best];
        double across = responses[filter][(best + angles.length / 2) % angles.length];
        return preferred == 0 ? 0 : (preferred - across) / (preferred + across);
    }

    /**
     * By how much a filter prefers vertical stripes to horizontal ones.
     *
     * @param filter its index, from 0
     * @return the response to 90 degrees minus the one to 0: below 0 if it prefers horizontal stripes
     */
    public double verticality(int filter) {
        return responses[filter][angles.length / 2] - responses[filter][0];
    }

    /**
     * The most vertical filter: the one whose response to vertical stripes exceeds that to horizontal ones by most.
     *
     * @return its index
     */
    public int mostVertical() {
        return byVerticality().get(filters() - 1);
    }

    /**
     * The most horizontal filter: the one whose response to horizontal stripes exceeds that to vertical ones by most.
     *
     * @return its index
     */
    public int mostHorizontal() {
        return byVerticality().get(0);
    }

    private List<Integer> byVerticality() {
        return sorted(this::verticality);
    }

    /**
     * The filters in order of their selectivity.
     *
     * @return indices, the most selective filter first; equal ones in their order
     */
    public List<Integer> bySelectivity() {
        return sorted(filter -> -selectivity(filter));
    }

    private List<Integer> sorted(IntToDoubleFunction key) {
        List<Integer> filters =
                new ArrayList<>(IntStream.range(0, filters()).boxed().toList());
        filters.sort((a, b) -> Double.compare(key.applyAsDouble(a), key.applyAsDouble(b)));
        return filters;
    }

    /**
     * One line per filter.
     *
     * @return columns filter, preferred angle, selectivity, vertical (its response to 90 degrees), horizontal (to 0)
     */
    public Table table() {
        IntColumn filter = IntColumn.create("filter");
        DoubleColumn angle = DoubleColumn.create("preferred angle");
        DoubleColumn selectivity = DoubleColumn.create("selectivity");
        DoubleColumn vertical = DoubleColumn.create("vertical");
        DoubleColumn horizontal = DoubleColumn.create("horizontal");
        for (int f = 0; f < filters(); f++) {
            filter.append(f);
            angle.append(preferredAngle(f));
            selectivity.append(selectivity(f));
            vertical.append(responses[f][angles.length / 2]);
            horizontal.append(responses[f][0]);
        }
        return Table.create("orientation", filter, angle, selectivity, vertical, horizontal);
    }

    /**
     * In words.
     *
     * @return for example {@code 30 filters: the most vertical is 7, the most horizontal 12}
     */
    @Override
    public String toString() {
        return Text.of(
                "%d filters: the most vertical is %d, the most horizontal %d",
                filters(), mostVertical(), mostHorizontal());
    }
}

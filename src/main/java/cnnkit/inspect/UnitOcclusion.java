package cnnkit.inspect;

import cnnkit.im2col.Window;
import cnnkit.network.Network;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.Arrays;
import java.util.List;

/**
 * Which parts of an image a single unit depends on: what becomes of its value when a patch covers them (section 7.6.2).
 * <pre>
 *     drop[oy][ox] = value of the unit for the image - its value for the image with a patch at window position (oy, ox)
 * </pre>
 * Above 0 the patch hid something that excites the unit; below 0 something that holds it back, or the patch itself excites it. A
 * patch beside the {@link ReceptiveField} of the unit changes nothing; its 0 is not computed.
 *
 * @param image (C, H, W)
 * @param layer the name of the unit's layer
 * @param unit its channel, row and column; for an Affine layer the number of the output
 * @param value of the unit for the image as it is
 * @param window where patches were laid
 * @param drops (OH, OW), one for each position of the window
 */
public record UnitOcclusion(Tensor image, String layer, List<Integer> unit, double value, Window window, Tensor drops) {

    /**
     * Covers an image with patches, and watches a unit.
     *
     * @param network any network for images
     * @param image (C, H, W)
     * @param window size, stride and padding of the patches; over padding a patch covers less
     * @param covered what a covered pixel becomes: a gray can show, where black cannot, what depends on a black pixel's being black
     * @param layer the name of the layer, for example {@code Conv1}
     * @param unit its channel, row and column; for an Affine layer the number of the output
     * @return what each patch does to the unit
     * @throws IllegalArgumentException if there is no such layer
     * @throws cnnkit.tensor.ShapeException if the image does not fit the network, the patch the image, or a unit of this layer has
     *     another number of indices
     * @throws IndexOutOfBoundsException if there is no such unit
     * @throws InterruptedWorkException if the thread is interrupted; the network is unchanged
     */
    public static UnitOcclusion of(
            Network network, Tensor image, Window window, double covered, String layer, int... unit) {
        Shapes.expect("UnitOcclusion", "image", image, "C", "H", "W");
        PartialNetwork part = PartialNetwork.upTo(network, layer);
        float value = part.forward(image.reshape(PartialNetwork.withBatch(1, image.shape())))
                .slice(0)
                .get(unit);
        boolean isMap = unit.length == 3;
        Region field = ReceptiveField.of(network, layer).region(isMap ? unit[1] : 0, isMap ? unit[2] : 0);
        Tensor drops = new Covering(image, window, covered).drops(value, patch -> patch.meets(field), x -> {
            Tensor out = part.forward(x);
            float[] values = new float[x.size(0)];
            for (int n = 0; n < values.length; n++) {
                values[n] = out.slice(n).get(unit);
            }
            return values;
        });
        return new UnitOcclusion(image, layer, Arrays.stream(unit).boxed().toList(), value, window, drops);
    }

    /**
     * The drops laid over the image: for each pixel the mean drop of all patches that cover it.
     *
     * @return (H, W); NaN where no patch lay
     */
    public Tensor map() {
        return new Covering(image, window, 0).byPixel(drops);
    }

    /**
     * In words.
     *
     * @return for example {@code unit [3, 10, 12] of Conv1 is 2.31; a patch takes away at most 1.87}
     */
    @Override
    public String toString() {
        return Text.of("unit %s of %s is %.2f; a patch takes away at most %.2f", unit, layer, value, drops.max());
    }
}

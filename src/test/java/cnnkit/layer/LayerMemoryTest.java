package cnnkit.layer;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a learner's layer remembers comes back as it was, whatever its fields are; what it has learned stays. */
class LayerMemoryTest {
    /** A layer with fields of every kind. */
    private static final class Full extends PassingLayer {
        private static int shared = 1;
        private final Parameter scale = new Parameter("scale", tensor(shape(2), 3, 4));
        private final float[] learned = scale.value().data();
        private final Relu inner = new Relu();
        private final int[] counts = {1, 2, 3};
        private final Tensor fixed = tensor(shape(2), 5, 6);
        private final List<Tensor> inputs = new ArrayList<>();
        private final String setting = "mean";
        private final Window window = Window.of(2);
        private final double share = 0.5;
        private final transient Object other = new Object();
        private LinkedList<Integer> steps = new LinkedList<>(List.of(1, 2));
        private List<Integer> unchangeable = List.of(1);
        private List<float[]> cached = List.of(new float[] {1, 2});
        private final List<float[]> constant = List.of(new float[] {3, 4});
        private final List<Integer> ofOneLength = Arrays.asList(1, 2);
        private Tensor x = tensor(shape(2), 7, 8);
        private float[][] rows = {{1, 2}, {3}};
        private float[] nothing;
        private long passes = 4;

        @Override
        public List<Parameter> parameters() {
            return List.of(scale);
        }
    }

    private final Full layer = new Full();

    @Test
    void whatWasChangedInPlaceOrReplacedComesBack() {
        layer.inputs.add(tensor(shape(1), 9));
        LinkedList<Integer> steps = layer.steps;
        List<Integer> unchangeable = layer.unchangeable;
        LayerMemory memory = LayerMemory.of(layer);

        layer.counts[1] = 20;
        layer.fixed.set(50, 0);
        layer.inputs.get(0).set(90, 0);
        layer.inputs.add(tensor(shape(1), 10));
        steps.clear();
        layer.x.set(70, 1);
        layer.x = null;
        layer.rows[0][1] = 20;
        layer.rows[1] = new float[0];
        layer.nothing = new float[1];
        layer.passes++;
        layer.cached = List.of(new float[] {10}, new float[] {20});
        layer.constant.get(0)[1] = 40;
        layer.ofOneLength.set(1, 20);
        memory.putBack();

        assertArrayEquals(new int[] {1, 2, 3}, layer.counts);
        assertSameBits(tensor(shape(2), 5, 6), layer.fixed, "a final tensor");
        assertEquals(1, layer.inputs.size());
        assertSameBits(tensor(shape(1), 9), layer.inputs.get(0), "a tensor in a list");
        assertSame(steps, layer.steps, "a list of its own kind stays one");
        assertEquals(List.of(1, 2), layer.steps);
        assertSame(unchangeable, layer.unchangeable);
        assertSameBits(tensor(shape(2), 7, 8), layer.x, "a tensor");
        assertArrayEquals(new float[][] {{1, 2}, {3}}, layer.rows);
        assertEquals(1, layer.cached.size());
        assertArrayEquals(new float[] {1, 2}, layer.cached.get(0));
        assertArrayEquals(new float[] {3, 4}, layer.constant.get(0));
        assertEquals(List.of(1, 2), layer.ofOneLength);
        assertEquals(null, layer.nothing);
        assertEquals(4, layer.passes);
    }

    @Test
    void aListThatIsGoneComesBack() {
        LayerMemory memory = LayerMemory.of(layer);
        layer.unchangeable = null;
        memory.putBack();
        assertEquals(List.of(1), layer.unchangeable);
    }

    @Test
    void whatWasLearnedAndWhatAllShareStaysAsItIs() {
        LayerMemory memory = LayerMemory.of(layer);
        layer.scale.value().set(30, 0);
        Full.shared = 2;
        memory.putBack();
        assertEquals(30, layer.scale.value().get(0));
        assertEquals(30, layer.learned[0], "an array that holds the parameter is no memory");
        assertEquals(2, Full.shared);
    }

    @Test
    void aLayerInsideIsRememberedToo() {
        Tensor x = tensor(shape(1, 2), -1, 2), dout = tensor(shape(1, 2), 1, 1);
        layer.inner.forward(x);
        LayerMemory memory = LayerMemory.of(layer);
        layer.inner.forward(tensor(shape(1, 2), 1, -2));
        memory.putBack();
        assertSameBits(tensor(shape(1, 2), 0, 1), layer.inner.backward(dout), "dx");
    }

    @Test
    void theMemoryIsACopy() {
        Tensor before = layer.x;
        LayerMemory.of(layer).putBack();
        assertNotSame(before, layer.x);
        assertSameBits(before, layer.x, "the same values");
    }

    @Test
    void settingsAreTheFinalFieldsOfPlainValues() {
        String words = FinalFields.inWords(layer);
        assertEquals(
                List.of("setting mean", "window " + layer.window, "share 0.5"), List.of(words.split(", (?=[a-z]+ )")));
    }
}

package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LivePlaceTest {
    private static final BlockingQueue<String> SHOWN = new LinkedBlockingQueue<>();

    private final FakeKernel kernel = new FakeKernel();
    private final LivePlace place = new LivePlace(JavaKernel.of(kernel, FakeDisplays.class));

    /** As much of a kernel as a place needs. */
    public static final class FakeKernel {
        private volatile boolean attached = true;

        /**
         * Where cells write.
         *
         * @return this
         */
        public FakeKernel getIO() {
            return this;
        }

        /**
         * Whether a cell is running.
         *
         * @return whether what is shown arrives
         */
        public boolean isAttached() {
            return attached;
        }
    }

    /** What the kernels give to notebooks. */
    public static final class FakeDisplays {
        private FakeDisplays() {}

        /**
         * Opens a place.
         *
         * @param value what to show there
         * @return its name
         */
        public static String display(Object value) {
            SHOWN.add("new: " + value);
            return "place 1";
        }

        /**
         * Shows something else there.
         *
         * @param place its name
         * @param value what to show
         */
        public static void updateDisplay(String place, Object value) {
            SHOWN.add(place + ": " + value);
        }
    }

    @BeforeEach
    void forget() {
        SHOWN.clear();
    }

    private void show(String text) throws ReflectiveOperationException {
        place.show(new LiveFrame("", text));
    }

    @Test
    void theFirstFrameOpensThePlaceThatLaterOnesFill() throws Exception {
        show("step 1");
        show("step 2");
        assertEquals(List.of("new: step 1", "place 1: step 2"), List.copyOf(SHOWN));
    }

    @Test
    void whatComesAfterTheEndOfTheCellWaitsForTheNextCell() throws Exception {
        show("step 1");
        kernel.attached = false; // the stop button
        show("step 2");
        show("interrupted");
        assertEquals(List.of("new: step 1"), List.copyOf(SHOWN));
        kernel.attached = true; // another cell
        SHOWN.take();
        assertEquals("place 1: interrupted", SHOWN.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void withoutAPlaceThereIsNothingToWaitFor() throws Exception {
        kernel.attached = false;
        show("too late");
        kernel.attached = true;
        assertNull(SHOWN.poll(200, TimeUnit.MILLISECONDS), "it would open a place under a cell that did not train");
        show("step 1");
        assertEquals(List.of("new: step 1"), List.copyOf(SHOWN));
    }
}

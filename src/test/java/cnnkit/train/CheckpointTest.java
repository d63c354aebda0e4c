package cnnkit.train;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Augmentation;
import cnnkit.data.Dataset;
import cnnkit.im2col.Window;
import cnnkit.io.NpyArray;
import cnnkit.io.Npz;
import cnnkit.layer.Parameter;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.Language;
import cnnkit.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that goes on from a file ends as one that was never stopped, bit for bit; or it is another run and says so. */
class CheckpointTest {
    private static final Dataset PICTURES = Small.pictures(25, 1); // batches of 10, 10 and 5
    private static final Dataset HELD = Small.pictures(12, 2);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void thereIsNoFileYet() {
        file = folder.resolve("run.npz");
    }

    @AfterEach
    void noInterruptIsLeftForTheNextTest() {
        Thread.interrupted();
    }

    private static Trainer trainer(Network network) {
        return new Trainer(network, PICTURES).batchSize(10).epochs(3).validation(HELD);
    }

    /** Presses stop once, after a step. */
    private static Progress.Listener stopAfter(int step) {
        boolean[] pressed = {false};
        return progress -> {
            if (progress.step() == step && !pressed[0]) {
                pressed[0] = true;
                Thread.currentThread().interrupt();
            }
        };
    }

    private static void assertSameRun(Network expected, History whole, Network network, History history) {
        assertEquals(whole.steps(), history.steps());
        assertEquals(Small.untimed(whole), Small.untimed(history));
        assertEquals(Small.checksum(expected), Small.checksum(network));
    }

    @Test
    void aRunBegunInOneLanguageGoesOnInAnother() throws IOException {
        Network never = Small.network(1);
        History whole = trainer(never).train();
        Network resumed = Small.network(1);
        try {
            Language.use("zh");
            trainer(Small.network(1)).listener(stopAfter(4)).checkpoint(file).train();
            Language.use("en");
            assertSameRun(never, whole, resumed, trainer(resumed).resume(file));
        } finally {
            Language.use("");
        }
    }

    static Stream<Arguments> stopsAndOptimizers() {
        Supplier<Optimizer> adam = () -> new Adam(0.01), memory = Memory::new;
        Supplier<Optimizer> sgd = () -> new Sgd(LearningRate.stepwise(0.1, 0.5, 2));
        Supplier<Optimizer> momentum = () -> new WeightDecay(new Momentum(LearningRate.cosine(0.1, 9)), 0.001);
        return Stream.of(adam, sgd, momentum, memory)
                .flatMap(optimizer -> Stream.iterate(1, i -> i + 1).limit(9).map(i -> Arguments.of(i, optimizer)));
    }

    @ParameterizedTest(name = "after step {0} of 9")
    @MethodSource("stopsAndOptimizers")
    void stoppedAndReadIntoAnotherNetworkItEqualsNeverStopped(int stop, Supplier<Optimizer> optimizer)
            throws IOException {
        Network never = Small.network(1);
        History whole = trainer(never).optimizer(optimizer.get()).train();

        Network stopped = Small.network(1);
        trainer(stopped)
                .optimizer(optimizer.get())
                .listener(stopAfter(stop))
                .checkpoint(file)
                .train();
        assertEquals(stop, Checkpoint.read(file).history().steps().size());

        Network resumed = Small.network(77); // of other weights, as in a JVM that knows nothing of the first
        History history = trainer(resumed).optimizer(optimizer.get()).resume(file);
        assertSameRun(never, whole, resumed, history);
    }

    /** Remembers more than parameters have room for: a count, and a number that no float holds. */
    private static final class Memory implements Optimizer {
        private final PerParameter velocity = new PerParameter("velocity");
        private long count = 1L << 40;
        private double rate = 0.1;

        @Override
        public void update(Collection<Parameter> parameters) {
            count++;
            rate = rate * 0.9 + 1e-9 * (count % 7);
            for (Parameter parameter : parameters) {
                float[] v = velocity.of(parameter).data();
                for (int i = 0; i < v.length; i++) {
                    v[i] = (float) (0.9 * v[i] - rate * parameter.gradient().data()[i]);
                    parameter.value().data()[i] += v[i];
                }
            }
        }

        @Override
        public Map<String, NpyArray> state(Map<String, Parameter> parameters) {
            Map<String, NpyArray> state = new TreeMap<>();
            state.put("count", NpyArray.of(new long[] {count}));
            state.put("rate", NpyArray.of(new double[] {rate}));
            velocity.tell(parameters, state);
            return state;
        }

        @Override
        public void restore(Map<String, Parameter> parameters, Map<String, NpyArray> state) {
            count = state.get("count").longs()[0];
            rate = state.get("rate").doubles()[0];
            velocity.restore(parameters, state);
        }
    }

    /** A JVM that is killed leaves the file of its latest epoch. */
    @Test
    void fromTheFileOfEveryEpochItEndsTheSame() throws IOException {
        Network never = Small.network(1);
        History whole = trainer(never).train();
        Network first = Small.network(1);
        History seen = trainer(first)
                .checkpoint(file)
                .listener(progress -> keep(progress.history().epochs().size()))
                .train();
        assertSameRun(never, whole, first, seen); // and writing changes nothing
        for (int epoch = 1; epoch <= 3; epoch++) {
            Path kept = folder.resolve("kept" + epoch);
            Checkpoint read = Checkpoint.read(kept);
            assertEquals(epoch, read.history().epochs().size());
            assertEquals(3 * epoch, read.history().steps().size());
            Network resumed = Small.network(5);
            assertSameRun(never, whole, resumed, trainer(resumed).resume(kept));
        }
    }

    /** When the listener hears of an epoch, its file is there. */
    private void keep(int epoch) {
        try {
            Path kept = folder.resolve("kept" + epoch);
            if (epoch > 0 && !Files.exists(kept)) {
                Files.copy(file, kept);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void oneLineBeginsARunAndGoesOnWithItAndKnowsWhenItIsDone() throws IOException {
        Network never = Small.network(1), again = Small.network(1);
        History whole = trainer(never).train();
        Path deep = folder.resolve("not").resolve("there").resolve("run.npz");
        assertEquals(
                1, trainer(Small.network(1)).epochs(1).resume(deep).epochs().size());
        assertEquals(
                2, trainer(Small.network(1)).epochs(2).resume(deep).epochs().size());
        assertSameRun(never, whole, again, trainer(again).resume(deep));
        byte[] done = Files.readAllBytes(deep);
        Network oneMore = Small.network(9);
        assertSameRun(never, whole, oneMore, trainer(oneMore).resume(deep));
        assertArrayEquals(done, Files.readAllBytes(deep)); // nothing was left to do
    }

    @Test
    void stoppedAgainAndAgainByFileAndByHandItStillEndsTheSame() throws IOException {
        Network never = Small.network(1);
        History whole = trainer(never).train();
        for (int step = 2; step < 9; step += 3) {
            Network next = Small.network(step == 2 ? 1 : step); // only the first one's weights count
            Trainer trainer = trainer(next).listener(stopAfter(step));
            assertEquals(step, trainer.resume(file).steps().size());
            trainer.listener(stopAfter(step + 1)).resume(); // in the same JVM, which goes on writing
            assertEquals(step + 1, Checkpoint.read(file).history().steps().size());
        }
        Network last = Small.network(4);
        assertSameRun(never, whole, last, trainer(last).resume(file));
    }

    @Test
    void trainBeginsAfreshAndReplacesTheFile() throws IOException {
        trainer(Small.network(1)).checkpoint(file).train();
        trainer(Small.network(2)).seed(2).epochs(1).checkpoint(file).train();
        assertEquals(1, Checkpoint.read(file).history().epochs().size());
    }

    @Test
    void aTrainingThatHasStartedIsNotReplacedByAFile() throws IOException {
        Trainer trainer = trainer(Small.network(1)).checkpoint(file);
        trainer.train();
        fails(
                IllegalStateException.class,
                "Trainer: this training has started already, at step 9: resume() goes on, a new Trainer goes on from a file",
                () -> trainer.resume(file));
    }

    @Test
    void everyNumberOfTheHistoryComesBackToTheBit() throws IOException {
        History history = new Trainer(Small.network(1), PICTURES)
                .batchSize(10)
                .epochs(2)
                .checkpoint(file)
                .train(); // without validation: its accuracy is NaN
        History read = Checkpoint.read(file).history();
        assertEquals(history.steps(), read.steps());
        assertEquals(history.epochs(), read.epochs()); // the seconds too
        assertTrue(Double.isNaN(read.epochs().get(1).validationAccuracy()));
    }

    @Test
    void theFileIsAnArchiveForNumpyWithTheSettingsInWords() throws IOException {
        trainer(Small.network(1)).seed(-3).checkpoint(file).train();
        Map<String, NpyArray> arrays = Npz.readArrays(file);
        assertEquals(
                "[settings, progress, steps, epochs, parameters/W1, parameters/b1, parameters/W2, parameters/b2, parameters/W3, parameters/b3, optimizer/step, optimizer/m/W1, optimizer/m/b1, optimizer/m/W2, optimizer/m/b2, optimizer/m/W3, optimizer/m/b3, optimizer/v/W1, optimizer/v/b1, optimizer/v/W2, optimizer/v/b2, optimizer/v/W3, optimizer/v/b3]",
                arrays.keySet().toString());
        List<String> settings = new String(arrays.get("settings").bytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertEquals(
                List.of("format: 2", "cnnkit: of no known version", "seed: -3", "batch size: 10"),
                settings.subList(0, 4));
        assertEquals("optimizer: Adam(0.001)", settings.get(4));
        assertTrue(
                settings.get(5).matches("images: Dataset of 25 images \\[1, 8, 8] in 10 classes, checksum [0-9a-f]{8}"),
                settings.get(5));
        assertEquals("layer Conv1: Convolution (3x3 window with stride 1) to [3, 6, 6]", settings.get(8));
        String text = Checkpoint.read(file).toString();
        assertTrue(text.startsWith("format: 2\n"), text);
        assertTrue(text.contains("\n9 steps in 3 finished epochs"), text);
    }

    private void isAnotherRun(String differences, Trainer trainer) {
        byte[] before = bytes();
        fails(
                IllegalArgumentException.class,
                file + " is a checkpoint of another run: " + differences
                        + ". Nothing was changed. Set up the same run, or begin again with another file",
                () -> trainer.resume(file));
        assertArrayEquals(before, bytes());
        assertEquals(List.of(), trainer.history().steps());
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void otherSettingsAreNamed() {
        trainer(Small.network(1)).checkpoint(file).train();
        isAnotherRun(
                "seed is 2 here but 1 in the file", trainer(Small.network(1)).seed(2));
        isAnotherRun(
                "seed is 2 here but 1 in the file; batch size is 5 here but 10 in the file",
                trainer(Small.network(1)).batchSize(5).seed(2));
        isAnotherRun(
                "optimizer is Adam(0.01) here but Adam(0.001) in the file",
                trainer(Small.network(1)).optimizer(new Adam(0.01)));
    }

    @Test
    void imagesThatAreMovedAreAnotherRun() {
        trainer(Small.network(1)).checkpoint(file).train();
        Trainer moved =
                trainer(Small.network(1)).augmentation(Augmentation.none().shift(1));
        Exception e = assertThrows(IllegalArgumentException.class, () -> moved.resume(file));
        assertTrue(e.getMessage().contains("moved by Augmentation[shift=1.0"), e.getMessage());
    }

    @Test
    void anotherOptimizerIsNamedWithWhatItLacks() {
        trainer(Small.network(1)).checkpoint(file).train();
        isAnotherRun(
                "optimizer is Sgd(0.1) here but Adam(0.001) in the file; optimizer/m/W1 (float32 [3, 1, 3, 3]) is not known here; optimizer/m/b1 (float32 [3]) is not known here; optimizer/m/W2 (float32 [27, 8]) is not known here; and 9 more",
                trainer(Small.network(1)).optimizer(new Sgd(0.1)));
    }

    @Test
    void otherImagesAreNamedEvenIfOnePixelOrOneLabelDiffers() {
        byte[] pixels = new byte[64 * 10];
        int[] labels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        Dataset data = Dataset.of(pixels.clone(), labels, 10, 1, 8, 8);
        new Trainer(Small.network(1), data).checkpoint(file).train();
        String same = "Dataset of 10 images [1, 8, 8] in 10 classes, checksum ";
        String ours = same + "%08x".formatted(data.checksum());

        pixels[639] = 1;
        Dataset pixel = Dataset.of(pixels.clone(), labels, 10, 1, 8, 8);
        isAnotherRun(
                "images is " + same + "%08x".formatted(pixel.checksum()) + " here but " + ours + " in the file",
                new Trainer(Small.network(1), pixel));
        pixels[639] = 0;
        labels[9] = 8;
        Dataset label = Dataset.of(pixels.clone(), labels, 10, 1, 8, 8);
        isAnotherRun(
                "images is " + same + "%08x".formatted(label.checksum()) + " here but " + ours + " in the file",
                new Trainer(Small.network(1), label));
        isAnotherRun(
                "validation is " + same + "%08x".formatted(label.checksum()) + " here but none in the file",
                new Trainer(Small.network(1), data).validation(label));
    }

    @Test
    void anotherNetworkIsNamedAndKeepsItsWeights() {
        trainer(Small.network(1)).checkpoint(file).train();
        Network wider = SimpleConvNet.builder()
                .input(1, 8, 8)
                .filters(3)
                .convolution(Window.of(3))
                .hidden(9)
                .build(1);
        String before = Small.checksum(wider);
        isAnotherRun(
                "layer Affine1 is Affine to [9] here but Affine to [8] in the file; layer Relu2 is Relu to [9] here but Relu to [8] in the file; parameters/W2 is float32 [27, 9] here but float32 [27, 8] in the file; parameters/b2 is float32 [9] here but float32 [8] in the file; and 7 more",
                trainer(wider));
        assertEquals(before, Small.checksum(wider));
    }

    /** All outputs have the same shapes. */
    @Test
    void anotherKernelIsNamedByItsWindowAndItsParameters() {
        trainer(padded(3)).optimizer(new Sgd(0.1)).checkpoint(file).train();
        isAnotherRun(
                "layer Conv1 is Convolution (5x5 window with stride 1 and padding 2) to [3, 8, 8] here but Convolution (3x3 window with stride 1 and padding 1) to [3, 8, 8] in the file; parameters/W1 is float32 [3, 1, 5, 5] here but float32 [3, 1, 3, 3] in the file",
                trainer(padded(5)).optimizer(new Sgd(0.1)));
    }

    private static Network padded(int kernel) {
        return SimpleConvNet.builder()
                .input(1, 8, 8)
                .filters(3)
                .convolution(Window.of(kernel).padding(kernel / 2))
                .hidden(8)
                .build(1);
    }

    /** After a refusal nothing has changed: training from the start goes as if the file had not been there. */
    @Test
    void aRefusedFileLeavesTrainerNetworkAndOptimizerAsTheyWere() throws IOException {
        trainer(Small.network(2)).seed(5).checkpoint(file).train();
        Network never = Small.network(1), refused = Small.network(1);
        History whole = trainer(never).train();
        Trainer trainer = trainer(refused);
        assertThrows(IllegalArgumentException.class, () -> trainer.resume(file));
        assertSameRun(never, whole, refused, trainer.train());
        assertEquals(9, Checkpoint.read(file).history().steps().size());
        assertTrue(Checkpoint.read(file).toString().contains("seed: 5\n")); // and the other run was not overwritten
    }

    private void rewrite(String name, NpyArray value) throws IOException {
        Map<String, NpyArray> arrays = Npz.readArrays(file);
        if (value == null) {
            arrays.remove(name);
        } else {
            arrays.put(name, value);
        }
        Npz.writeArrays(file, arrays);
    }

    @Test
    void anotherVersionIsNamed() throws IOException {
        trainer(Small.network(1)).checkpoint(file).train();
        String text = new String(Npz.readArrays(file).get("settings").bytes(), StandardCharsets.UTF_8);
        byte[] newer = text.replace("format: 2", "format: 3")
                .replace("cnnkit: of no known version", "cnnkit: 9.9")
                .getBytes(StandardCharsets.UTF_8);
        rewrite("settings", NpyArray.of(newer, newer.length));
        fails(
                IOException.class,
                file
                        + " is a checkpoint of another version: format 3, written by cnnkit 9.9, but cnnkit of no known version goes on from format 2. Go on with that version, or begin again with another file",
                () -> trainer(Small.network(1)).resume(file));
    }

    /** Which library wrote it is told, but only the format decides. */
    @Test
    void anotherLibraryWithTheSameFormatGoesOn() throws IOException {
        trainer(Small.network(1)).epochs(1).checkpoint(file).train();
        String text = new String(Npz.readArrays(file).get("settings").bytes(), StandardCharsets.UTF_8);
        byte[] other = text.replace("of no known version", "0.0.9").getBytes(StandardCharsets.UTF_8);
        rewrite("settings", NpyArray.of(other, other.length));
        assertEquals(9, trainer(Small.network(1)).resume(file).steps().size());
    }

    @Test
    void aFileThatIsNoCheckpointIsNamed() throws IOException {
        Small.network(1).save(file);
        fails(
                IOException.class,
                file + " is no checkpoint: it holds no settings but W1, b1, W2, b2, W3, b3",
                () -> trainer(Small.network(1)).resume(file));
        Files.writeString(file, "W1 = 3");
        String message = assertThrows(
                        IOException.class, () -> trainer(Small.network(1)).resume(file))
                .getMessage();
        assertTrue(message.startsWith(file + ": not an NPZ file, or damaged"), message);
    }

    @Test
    void aCheckpointThatLacksSomethingIsNamed() throws IOException {
        trainer(Small.network(1)).checkpoint(file).train();
        byte[] whole = Files.readAllBytes(file);
        rewrite("steps", null);
        fails(
                IOException.class,
                file + " is no checkpoint: expected steps to be float64 [n, 4] but got nothing",
                () -> Checkpoint.read(file));
        Files.write(file, whole);
        rewrite("epochs", NpyArray.of(Tensor.zeros(3, 5)));
        fails(
                IOException.class,
                file + " is no checkpoint: expected epochs to be float64 [n, 5] but got float32 [3, 5]",
                () -> Checkpoint.read(file));
        Files.write(file, whole);
        rewrite("progress", NpyArray.of(new double[4], 1, 4));
        fails(
                IOException.class,
                file + " is no checkpoint: progress, steps and epochs do not belong together",
                () -> Checkpoint.read(file));
        Files.write(file, whole);
        rewrite("optimizer/step", null);
        isAnotherRun("optimizer/step (int32 []) is missing in the file", trainer(Small.network(1)));
    }

    @ParameterizedTest(name = "the first {0} of 10 parts")
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void aFileThatWasCutShortChangesNothing(int part) throws IOException {
        trainer(Small.network(1)).checkpoint(file).train();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 10 * part));
        Network network = Small.network(3);
        String before = Small.checksum(network);
        String message = assertThrows(IOException.class, () -> trainer(network).resume(file))
                .getMessage();
        assertTrue(message.startsWith(file.toString()), message);
        assertEquals(before, Small.checksum(network));
    }

    @Test
    void aFileThatCannotBeWrittenStopsTrainingAndResumeGoesOn() throws IOException {
        Network never = Small.network(1), network = Small.network(1);
        History whole = trainer(never).train();
        Path inTheWay = Files.writeString(folder.resolve("folder"), "a file where the folder should be");
        Path blocked = inTheWay.resolve("run.npz");
        Trainer trainer = trainer(network).checkpoint(blocked);
        String message =
                assertThrows(UncheckedIOException.class, trainer::train).getMessage();
        assertTrue(message.startsWith(blocked + ": the checkpoint could not be written after step 3: "), message);
        assertTrue(message.endsWith(". Training has stopped; resume() tries again and goes on"), message);
        assertEquals(1, trainer.history().epochs().size());
        Files.delete(inTheWay);
        assertSameRun(never, whole, network, trainer.resume());
        assertEquals(9, Checkpoint.read(blocked).history().steps().size());
    }

    /** The last file could not be written; nothing is left to train, but it is still to be written. */
    @Test
    void aLastFileThatFailedIsWrittenByResume() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("folder"), "a file where the folder should be");
        Trainer trainer = trainer(Small.network(1)).epochs(1).checkpoint(inTheWay.resolve("run.npz"));
        assertThrows(UncheckedIOException.class, trainer::train);
        Files.delete(inTheWay);
        trainer.resume();
        assertEquals(
                3,
                Checkpoint.read(inTheWay.resolve("run.npz")).history().steps().size());
    }

    @Test
    void aRunThatDivergesKeepsTheFileOfItsLatestGoodEpoch() throws IOException {
        Network network = Small.network(1);
        Trainer trainer = trainer(network).checkpoint(file).listener(progress -> {
            if (progress.step() == 5) {
                network.parameter("b3").value().set(Float.NaN, 0);
            }
        });
        assertThrows(DivergedException.class, trainer::train);
        assertEquals(3, Checkpoint.read(file).history().steps().size());
    }

    @Test
    void whatKilledWritersLeftIsDeleted() throws IOException {
        Files.writeString(folder.resolve(".run.npz.123e4567-e89b-12d3-a456-426614174000.tmp"), "half");
        trainer(Small.network(1)).epochs(1).resume(file);
        try (var entries = Files.list(folder)) {
            assertEquals(List.of(file), entries.toList());
        }
    }

    @Test
    void anOptimizerThatOnlyUpdatesCanBeResumedToo() throws IOException {
        Network never = Small.network(1), resumed = Small.network(2);
        History whole = trainer(never).optimizer(plain()).train();
        trainer(Small.network(1)).optimizer(plain()).epochs(1).resume(file);
        assertSameRun(never, whole, resumed, trainer(resumed).optimizer(plain()).resume(file));
        assertFalse(Checkpoint.read(file).toString().contains("@"), "a place in memory");
    }

    /** As a learner may write one in a line, with no name and no toString. */
    private static Optimizer plain() {
        return parameters -> new Sgd(0.1).update(parameters);
    }

    @Test
    void adamTellsTheSameNamesBeforeItsFirstStepAsLater() {
        Network network = Small.network(1);
        Adam adam = new Adam();
        Map<String, NpyArray> before = adam.state(network.parameters());
        new Trainer(network, PICTURES).optimizer(adam).train();
        Map<String, NpyArray> later = adam.state(network.parameters());
        assertEquals(before.keySet(), later.keySet());
        assertEquals(before.values().toString(), later.values().toString()); // types and shapes
        Adam restored = new Adam();
        restored.restore(network.parameters(), later);
        later.forEach((name, value) -> {
            if (!name.equals("step")) {
                assertSameBits(
                        value.tensor(),
                        restored.state(network.parameters()).get(name).tensor(),
                        name);
                assertNotEquals(Tensor.zeros(value.shape()), value.tensor(), name);
            }
        });
        assertEquals(1, restored.state(network.parameters()).get("step").ints()[0]);
    }

    /** What is refused has changed nothing: the run goes on as if it had never been asked for. */
    @Test
    void anErrorInTheNumberOfEpochsLeavesTrainerAndFileAsTheyWere() throws IOException {
        Network never = Small.network(1);
        History whole = trainer(never).train();
        trainer(Small.network(1)).listener(stopAfter(4)).checkpoint(file).train();
        byte[] saved = Files.readAllBytes(file);
        Network resumed = Small.network(1);
        String before = Small.checksum(resumed);
        Trainer trainer = trainer(resumed);
        fails(
                IllegalArgumentException.class,
                "Trainer: 2,147,483,647 epochs of 3 steps are more than can be counted: ask for fewer epochs",
                () -> trainer.epochs(Integer.MAX_VALUE).resume(file));
        fails(
                IllegalArgumentException.class,
                "Trainer: 4 steps are made already, but 1 epochs end after 3: ask for at least 2 epochs, or begin anew",
                () -> trainer.epochs(1).resume(file));
        assertEquals(before, Small.checksum(resumed));
        assertArrayEquals(saved, Files.readAllBytes(file));
        assertSameRun(never, whole, resumed, trainer.epochs(3).resume(file));
    }

    @Test
    void weightsThatAreNoNumbersDoNotReplaceTheFile() throws IOException {
        Network network = Small.network(1);
        int[] updates = {0};
        Trainer trainer = new Trainer(network, PICTURES)
                .batchSize(25)
                .optimizer(parameters -> network.parameter("b1").value().set(++updates[0] < 2 ? 1 : Float.NaN, 0))
                .checkpoint(file)
                .epochs(3);
        assertThrows(DivergedException.class, trainer::train);
        assertEquals(1, Checkpoint.read(file).history().epochs().size());
    }

    @Test
    void norDoTheyWhenItIsStoppedInTheMiddleOfAnEpoch() {
        Network network = Small.network(1);
        Trainer trainer = trainer(network)
                .optimizer(parameters -> network.parameter("b1").value().set(Float.NaN, 0))
                .listener(stopAfter(1))
                .checkpoint(file);
        assertThrows(DivergedException.class, trainer::train);
        assertFalse(Files.exists(file));
    }

    @Test
    void whoLoadsACheckpointAsWeightsIsToldWhatItIs() throws IOException {
        trainer(Small.network(1)).resume(file);
        Network other = Small.network(2);
        fails(
                IllegalArgumentException.class,
                file
                        + " is the checkpoint of a training run, not a file of weights: new Trainer(...).resume(file) goes on with the run, or ends at once if it was finished, and network.save(...) then writes the weights. Nothing was loaded",
                () -> other.load(file));
        assertEquals(
                Small.network(2).parameter("W1").value(), other.parameter("W1").value());
    }

    @Test
    void aFileThatIsNamedAfterTheTrainingIsWritten() throws IOException {
        Trainer trainer = trainer(Small.network(1));
        trainer.checkpoint(file).train();
        Path other = folder.resolve("other.npz");
        trainer.checkpoint(other).resume();
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(other));
    }
}

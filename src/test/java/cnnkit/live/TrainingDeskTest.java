package cnnkit.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Dataset;
import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import cnnkit.train.Adam;
import cnnkit.train.History;
import cnnkit.train.LearningRate;
import cnnkit.train.Momentum;
import cnnkit.train.Optimizer;
import cnnkit.train.Sgd;
import cnnkit.train.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Training at a desk: the steps of a trainer, with settings that change, and with a way back. */
class TrainingDeskTest {
    private static final int IMAGES = 130; // with batches of 20 the last of an epoch has 10
    private static final DeskSettings TWENTY = DeskSettings.of("Adam", "0.01", 20);
    private static final DeskSettings SLOWER = DeskSettings.of("Adam", "0.001", 50);
    private static final DeskSettings RUIN = DeskSettings.of("Sgd", "10", 20);

    private final Dataset images = noise(IMAGES, 3);
    private final Dataset held = noise(40, 4);
    private final Network network = small(1);

    /** Without a ReLU, which would end such a growth, the weights grow until they are no numbers. */
    private static Network straight() {
        Random random = new Random(5);
        return Network.builder(1, 8, 8)
                .add("Affine1", new Affine(Tensor.gaussian(random, 0.1, 64, 6), Tensor.zeros(6)))
                .add("Affine2", new Affine(Tensor.gaussian(random, 0.1, 6, 3), Tensor.zeros(3)))
                .build();
    }

    private static Dataset noise(int count, long seed) {
        Random random = new Random(seed);
        int[] labels = random.ints(count, 0, 3).toArray();
        return Dataset.of(Tensor.gaussian(random, 1, count, 1, 8, 8), labels, 3);
    }

    private static Network small(long seed) {
        return SimpleConvNet.builder()
                .input(1, 8, 8)
                .filters(2)
                .convolution(Window.of(3))
                .hidden(6)
                .classes(3)
                .weightStd(0.3)
                .build(seed);
    }

    private static float[][] weights(Network network) {
        return new LentLayers(network).weights();
    }

    private DeskRun run() {
        return new DeskRun(network, weights(network), images, held, 7);
    }

    /** So many steps in one go. */
    private static void steps(DeskRun run, DeskSettings settings, int count) {
        int end = run.step() + count;
        run.train(settings, () -> run.step() < end);
    }

    private static void assertSame(float[][] expected, float[][] actual) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], actual[i]);
        }
    }

    private static void assertSame(DeskCurve expected, DeskCurve actual) {
        assertArrayEquals(expected.xs(), actual.xs());
        assertArrayEquals(expected.ys(), actual.ys());
    }

    @Test
    void itsStepsAreThoseOfATrainerToTheBit() {
        Map<String, Optimizer> optimizers =
                Map.of("Sgd", new Sgd(0.05), "Momentum", new Momentum(0.05), "Adam", new Adam(0.05));
        optimizers.forEach((name, optimizer) -> {
            Network trained = small(1);
            History history = new Trainer(trained, images)
                    .optimizer(optimizer)
                    .batchSize(20)
                    .epochs(3)
                    .seed(7)
                    .train();
            DeskRun run = run();
            steps(run, DeskSettings.of(name, "0.05", 20), 3 * 7);
            assertSame(weights(trained), run.weights());
            assertArrayEquals(
                    history.steps().stream().mapToDouble(History.Step::loss).toArray(),
                    run.loss().ys());
        });
    }

    @Test
    void howStepsAreDividedDoesNotMatterEvenWhenSettingsChange() {
        DeskRun whole = run(), inPieces = run();
        for (DeskSettings settings :
                List.of(TWENTY, SLOWER, DeskSettings.of("Momentum", "0.01", 50), DeskSettings.of("Sgd", "0.1", 1))) {
            steps(whole, settings, 12);
            for (int size : new int[] {1, 4, 7}) {
                steps(inPieces, settings, size);
            }
        }
        assertEquals(48, inPieces.step());
        assertSame(whole.weights(), inPieces.weights());
        assertSame(whole.loss(), inPieces.loss());
        assertSame(whole.accuracy(), inPieces.accuracy());
        assertEquals(whole.stretches(), inPieces.stretches());
        assertEquals(4, whole.stretches().size());
    }

    @Test
    void anotherRateKeepsWhatTheOptimizerRemembers() {
        Network trained = small(1);
        new Trainer(trained, images)
                .optimizer(new Adam(LearningRate.stepwise(0.01, 0.1, 12)))
                .batchSize(20)
                .epochs(3)
                .seed(7)
                .train();
        DeskRun run = run();
        steps(run, TWENTY, 12);
        steps(run, DeskSettings.of("Adam", "0.001", 20), 9);
        assertSame(weights(trained), run.weights());
    }

    @Test
    void theLearnersNetworkAndItsGradientsStayAsTheyAre() {
        network.gradient(images.images(1, 2, 3), images.labels(1, 2, 3));
        float[][] weights = weights(network);
        float[] gradient = network.parameter("W1").gradient().data().clone();
        TrainingDesk desk = TrainingDesk.of(network, images, held);
        ask(desk, "open");
        train(desk, TWENTY);
        assertTrue(desk.html().contains("<img"));
        assertSame(weights, weights(network));
        assertArrayEquals(gradient, network.parameter("W1").gradient().data());
    }

    @Test
    void aDeskBeginsWithTheWeightsOfItsTimeWhateverBecomesOfTheNetwork() {
        DeskRun before = run();
        TrainingDesk desk = TrainingDesk.of(network, images, held).seed(7);
        new Trainer(network, images).train();
        steps(before, TWENTY, 1);
        Network taken = small(2);
        desk.copyTo(taken);
        assertSame(weights(small(1)), weights(taken));
    }

    @Test
    void backGivesTheWeightsBeforeTheChangeAndGoesOnFromThereAsIfNothingHadBeen() {
        DeskRun run = run(), straight = run();
        steps(run, TWENTY, 12);
        float[][] before = run.weights();
        steps(run, SLOWER, 15);
        run.back();
        assertSame(before, run.weights());
        assertEquals(12, run.step());
        assertEquals(TWENTY, run.settings());
        assertEquals(27, run.oldLoss().size(), "what was left stays behind");
        steps(run, TWENTY, 10);
        steps(straight, TWENTY, 22);
        assertSame(straight.weights(), run.weights());
        assertSame(straight.loss(), run.loss());
        run.back();
        assertSame(before, run.weights()); // the same place, however often
    }

    @Test
    void backOnceMoreLeadsToTheChangeBeforeAndInTheEndToTheFirstWeights() {
        DeskRun run = run();
        List<DeskSettings> settings = List.of(TWENTY, SLOWER, TWENTY, SLOWER);
        List<float[][]> before = new ArrayList<>();
        for (DeskSettings each : settings) {
            before.add(run.weights());
            steps(run, each, 11);
        }
        for (int change = settings.size() - 1; change >= 0; change--) {
            assertTrue(run.canGoBack());
            run.back();
            assertEquals(11 * change, run.step());
            assertSame(before.get(change), run.weights());
            assertEquals(settings.get(Math.max(0, change - 1)), run.settings());
            assertEquals(44, run.oldLoss().size(), "all that was left stays behind, however far back one goes");
        }
        assertFalse(run.canGoBack());
    }

    @Test
    void aChangeThatWasUndoneIsNoPlaceToGoBackTo() {
        DeskRun run = run();
        steps(run, TWENTY, 12);
        steps(run, SLOWER, 12);
        run.back();
        steps(run, TWENTY, 12);
        steps(run, SLOWER, 12);
        run.back();
        assertEquals(24, run.step());
        run.back();
        assertEquals(0, run.step(), "at step 12 nothing changes any more");
    }

    @Test
    void ofManyChangesTheLatestEightCanBeUndone() {
        DeskRun run = run();
        for (int change = 0; change < 10; change++) {
            steps(run, change % 2 == 0 ? TWENTY : SLOWER, 11);
        }
        for (int change = 9; change >= 2; change--) {
            run.back();
            assertEquals(11 * change, run.step());
        }
        run.back();
        assertEquals(0, run.step());
    }

    @Test
    void changesWithinTenStepsAreOneChange() {
        DeskRun run = run();
        steps(run, TWENTY, 12);
        float[][] before = run.weights();
        for (String rate : List.of("0.02", "0.05", "0.1")) { // somebody who walks with the arrow keys
            steps(run, DeskSettings.of("Adam", rate, 20), 3);
        }
        run.back();
        assertSame(before, run.weights());
    }

    @Test
    void withoutAChangeBackLeadsToTheFirstWeights() {
        DeskRun run = run();
        assertFalse(run.canGoBack());
        steps(run, TWENTY, 5);
        assertTrue(run.canGoBack());
        run.back();
        assertEquals(0, run.step());
        assertSame(weights(network), run.weights());
    }

    @Test
    void onceMoreGivesTheSameCurve() {
        DeskRun run = run();
        steps(run, TWENTY, 30);
        run.again();
        assertEquals(0, run.loss().size());
        steps(run, TWENTY, 30);
        assertSame(run.oldLoss(), run.loss());
        assertSame(run.oldAccuracy(), run.accuracy());
    }

    @Test
    void aLossThatIsNoNumberIsToldAndStopsTheRunUntilOneGoesBack() {
        Network network = straight();
        TrainingDesk desk = TrainingDesk.of(network, images, held);
        DeskRun run = new DeskRun(network, weights(network), images, held, 7);
        steps(run, TWENTY, 12);
        steps(run, RUIN, 500);
        int lostAt = run.lostAt();
        assertTrue(lostAt > 12 && lostAt == run.step() + 1, "step " + lostAt);
        steps(run, TWENTY, 5);
        assertEquals(lostAt, run.step() + 1, "smaller steps do not help now");
        String said = DeskWords.said(run);
        assertTrue(
                said.matches("Step " + lostAt + ": the loss is (NaN|∞)\\. The learning rate 10 was too large: .*"),
                said);
        run.back();
        assertEquals(0, run.lostAt());
        assertEquals(12, run.step());
        steps(run, TWENTY, 1);
        assertEquals(13, run.step());

        Map<String, Object> answer = train(desk, RUIN);
        for (int i = 0; i < 50 && answer.get("lost").equals(false); i++) {
            answer = train(desk, RUIN);
        }
        assertEquals(true, answer.get("lost"));
        assertTrue(((Map<?, ?>) ((List<?>) answer.get("plots")).get(0)).get("lost") instanceof Integer x && x > 0);
        assertEquals(false, ask(desk, "again").get("lost"));
    }

    @Test
    void aPageGetsCurvesInWholeNumbersAndTheStretchesInWords() {
        TrainingDesk desk = TrainingDesk.of(network, images, held);
        Map<String, Object> open = ask(desk, "open");
        assertEquals(DeskSettings.BOOK.numbers(), open.get("settings"));
        assertTrue(
                open.get("said").toString().startsWith("Nothing learned yet: "),
                open.get("said").toString());
        Map<String, Object> answer = train(desk, TWENTY);
        assertFalse(answer.containsKey("choices"));
        List<?> cells = (List<?>) ((List<?>) answer.get("stretches")).get(0);
        assertEquals(List.of("1", "1", "Adam", "0.01", "20"), cells.subList(0, 5));
        Map<?, ?> loss = (Map<?, ?>) ((List<?>) answer.get("plots")).get(0);
        assertTrue(
                loss.get("now").toString().matches("\\d+,\\d+( \\d+,\\d+)*"),
                loss.get("now").toString());
    }

    @Test
    void aChangeIsMarkedWhereItWasMade() {
        DeskRun run = run();
        steps(run, TWENTY, 30);
        steps(run, SLOWER, 10);
        List<DeskPlot> plots = DeskPlot.of(run);
        Map<String, ?> loss = plots.get(0).answer(run);
        assertEquals(List.of(List.of(DeskPlot.WIDTH * 3 / 4, 2)), loss.get("marks"));
        assertEquals(
                List.of(1, 31),
                run.stretches().stream().map(DeskRun.Stretch::from).toList());
        assertEquals("accuracy on 40 images held back", plots.get(1).name());
    }

    @Test
    void aCurveHasANumberOfPointsHoweverLongItIs() {
        DeskCurve curve = new DeskCurve();
        for (int step = 1; step <= 100_000; step++) {
            curve.add(step, 2);
        }
        assertTrue(curve.size() > 100 && curve.size() <= 240, "points: " + curve.size());
        assertTrue(Arrays.stream(curve.ys()).allMatch(y -> y == 2));
        assertEquals((1 + curve.group()) / 2.0, curve.x(0));
        double[] x = curve.xs();
        assertTrue(x[x.length - 1] > 99_000 && x[x.length - 1] <= 100_000, "the last is shown, too");
    }

    @Test
    void whatIsCutOffAboveIsTold() {
        DeskCurve high = new DeskCurve();
        high.add(1, 2);
        high.add(2, 12_345);
        Map<String, ?> answer = new DeskPlot("loss", high, new DeskCurve(), 3.5, 20).answer(run());
        assertEquals("cut off above: up to 12,345", answer.get("above"));
        assertEquals("140,471 280,0", answer.get("now"));
    }

    @Test
    void whatWasLearnedIsHandedOverToANetworkOfTheSameKindOnly() {
        TrainingDesk desk = TrainingDesk.of(network, images, held);
        train(desk, TWENTY);
        Network taken = small(5);
        desk.copyTo(taken);
        assertFalse(Arrays.deepEquals(weights(network), weights(taken)));
        DeskRun same = new DeskRun(network, weights(network), images, held, 1);
        int made = ((List<?>) List.of(
                        desk.answer(new Question(Map.of("what", "open"))).get("said")))
                .get(0)
                .toString()
                .replaceAll("Step ([\\d,]+):.*", "$1")
                .replace(",", "")
                .transform(Integer::parseInt);
        steps(same, TWENTY, made);
        assertSame(same.weights(), weights(taken));
        float[][] before = weights(network);
        Network other = SimpleConvNet.create(1);
        String error = assertThrows(IllegalArgumentException.class, () -> desk.copyTo(other))
                .getMessage();
        assertTrue(error.contains("W1 [2, 1, 3, 3]") && error.contains("W1 [30, 1, 5, 5]"), error);
        assertSame(before, weights(network));
    }

    @Test
    void ofManyDesksTheLatestEightKeepTheirRuns() {
        List<TrainingDesk> desks = IntStream.range(0, 9)
                .mapToObj(i -> TrainingDesk.of(network, images, held))
                .toList();
        desks.forEach(desk -> train(desk, TWENTY));
        assertTrue(ask(desks.get(1), "open").get("said").toString().startsWith("Step "));
        assertTrue(ask(desks.get(0), "open").get("said").toString().startsWith("Nothing learned"));
    }

    @Test
    void whatIsWrongIsSaid() {
        TrainingDesk desk = TrainingDesk.of(network, images, held);
        assertThrows(IllegalArgumentException.class, () -> ask(desk, "dance"));
        Map<String, Object> question = new HashMap<>(DeskSettings.BOOK.numbers());
        question.put("what", "train");
        for (String name : List.of("optimizer", "rate", "batch")) {
            for (Object wrong : new Object[] {-1, 99, 0.5, Double.NaN, "2", List.of(), true}) {
                Map<String, Object> bad = new HashMap<>(question);
                bad.put(name, wrong);
                assertThrows(IllegalArgumentException.class, () -> desk.answer(new Question(bad)), name + " " + wrong);
            }
        }
        assertTrue(ask(desk, "open").get("said").toString().startsWith("Nothing learned"), "no step was made");
        assertThrows(ShapeException.class, () -> TrainingDesk.of(SimpleConvNet.create(1), images, held));
        assertThrows(IllegalArgumentException.class, () -> TrainingDesk.of(network, images, held.take(0)));
        network.parameter("b1").value().set(Float.NaN, 0);
        assertEquals(
                "TrainingDesk: the loss is NaN before anything was learned: look for such numbers in the weights of the network",
                assertThrows(IllegalArgumentException.class, () -> TrainingDesk.of(network, images, held))
                        .getMessage());
    }

    @Test
    void theStillPictureShowsThreeRatesInWordsToo() {
        String html = TrainingDesk.of(network, images, held).html();
        assertTrue(html.contains("Loss of the first 30 steps with three learning rates; at the end it is "), html);
        assertTrue(html.replaceAll("base64,[^\"]*", "").length() < 15_000, "letters");
    }

    private static Map<String, Object> ask(TrainingDesk desk, String what) {
        return desk.answer(new Question(Map.of("what", what)));
    }

    private static Map<String, Object> train(TrainingDesk desk, DeskSettings settings) {
        Map<String, Object> question = new HashMap<>(settings.numbers());
        question.put("what", "train");
        return desk.answer(new Question(question));
    }
}

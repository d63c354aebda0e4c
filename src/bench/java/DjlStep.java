import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** One training step of the chapter's network in DJL, on PyTorch. Takes turns as Workloads does. */
final class DjlStep {
    private final NDManager manager = NDManager.newBaseManager();
    private final NDArray x = manager.randomUniform(0, 1, new Shape(100, 1, 28, 28));
    private final NDArray labels = manager.randomInteger(0, 10, new Shape(100), DataType.INT64);
    private final Loss lossOf = Loss.softmaxCrossEntropyLoss();
    private final Trainer trainer;

    private DjlStep() {
        Model model = Model.newInstance("SimpleConvNet");
        model.setBlock(new SequentialBlock()
                .add(Conv2d.builder().setKernelShape(new Shape(5, 5)).setFilters(30).build())
                .add(Activation.reluBlock())
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(100).build())
                .add(Activation.reluBlock())
                .add(Linear.builder().setUnits(10).build()));
        Adam adam = Adam.builder().optLearningRateTracker(Tracker.fixed(0.001f)).build();
        trainer = model.newTrainer(new DefaultTrainingConfig(lossOf).optOptimizer(adam));
        trainer.initialize(x.getShape());
    }

    /** What it computes on the way belongs to the manager of the images, and is given back with it. */
    private void step() {
        try (NDManager ofStep = manager.newSubManager();
                GradientCollector collector = trainer.newGradientCollector()) {
            x.tempAttach(ofStep);
            labels.tempAttach(ofStep);
            NDArray loss = lossOf.evaluate(new NDList(labels), trainer.forward(new NDList(x)));
            collector.backward(loss);
        }
        trainer.step();
    }

    public static void main(String[] arguments) throws IOException {
        DjlStep djl = new DjlStep();
        System.out.println("ready " + Engine.getDjlVersion() + " with PyTorch " + Engine.getInstance().getVersion());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            int count = Integer.parseInt(line.split(" ")[1]);
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                djl.step();
            }
            System.out.println((System.nanoTime() - begin) / 1e9);
        }
    }
}

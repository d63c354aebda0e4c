"""Weights that a network saves, put into the same network of PyTorch, give the same scores."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install torch, then run this test again")

ROOT = Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "src" / "test" / "golden"))

from torch_scores import simple_conv_net, with_our_weights

# Trains the chapter's network a little, so that weights and scores are of the usual size; saves both, and the images.
PROGRAM = """
import cnnkit.data.*;
import cnnkit.io.Npz;
import cnnkit.network.*;
import cnnkit.tensor.Tensor;
import cnnkit.train.*;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;

public class Scores {
    public static void main(String[] args) throws Exception {
        Dataset images = Mnist.load().train().take(2000);
        Network network = SimpleConvNet.create(1);
        new Trainer(network, images).batchSize(20).train();
        Tensor x = images.images(IntStream.range(0, 100).toArray());
        network.save(Path.of(args[0]));
        Npz.write(Path.of(args[1]), Map.of("x", x, "scores", network.predict(x)));
    }
}
"""


def test_a_module_with_our_weights_gives_our_scores(tmp_path):
    program = tmp_path / "Scores.java"
    program.write_text(PROGRAM, encoding="utf-8")
    jars = ROOT / "target" / "jars" / "*"
    weights, scores = tmp_path / "weights.npz", tmp_path / "scores.npz"
    done = subprocess.run(["java", "-cp", jars, program, weights, scores], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with np.load(weights) as parameters, np.load(scores) as ours:
        with torch.no_grad():
            theirs = with_our_weights(simple_conv_net(), parameters)(torch.from_numpy(ours["x"])).numpy()
        assert theirs.shape == ours["scores"].shape == (100, 10)
        largest = np.abs(ours["scores"]).max()
        difference = np.abs(theirs - ours["scores"]).max()
        print(f"largest difference {difference:.2g}, largest score {largest:.2g}")
        # Floats have about seven digits: of a score of 20, sums in another order agree to five behind the point.
        assert difference <= 1e-5 * largest

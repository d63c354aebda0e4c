"""What PyTorch makes of our trained weights: the scores of the first test images of MNIST, one array a network.

    pip install numpy==2.4.6 torch==2.15.0
    python3 src/test/golden/torch_scores.py

writes src/test/resources/golden/torch-scores.npz from data/weights, so that TrainedWeightsTest can compare where there is
no PyTorch. To be run again when data/weights has changed.
"""

import gzip
from pathlib import Path

import numpy as np
import torch
from torch import nn

ROOT = Path(__file__).resolve().parents[3]
IMAGES = 100


class Scale(nn.Module):
    """Dropout of the book after training: it multiplies by the share that had stayed. PyTorch's divides while training."""

    def __init__(self, share):
        super().__init__()
        self.share = share

    def forward(self, x):
        return x * self.share


def simple_conv_net():
    return nn.Sequential(
        *[nn.Conv2d(1, 30, 5), nn.ReLU(), nn.MaxPool2d(2)],
        *[nn.Flatten(), nn.Linear(30 * 12 * 12, 100), nn.ReLU(), nn.Linear(100, 10)],
    )


def le_net():
    """The form of our weights: ReLU and maximum."""
    return nn.Sequential(
        *[nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)],
        *[nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2)],
        *[nn.Flatten(), nn.Linear(16 * 5 * 5, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)],
    )


def deep_conv_net(stayed):
    """Its Dropout had left this share of the units; 1 is without Dropout."""
    return nn.Sequential(
        *[nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.Conv2d(16, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)],
        *[nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.Conv2d(32, 32, 3, padding=2), nn.ReLU(), nn.MaxPool2d(2)],
        *[nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.Conv2d(64, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)],
        *[nn.Flatten(), nn.Linear(64 * 4 * 4, 50), nn.ReLU(), Scale(stayed), nn.Linear(50, 10), Scale(stayed)],
    )


def with_our_weights(network, weights):
    """Puts W1, b1, W2, ... into the layers in turn: filters lie as ours do, matrices the other way round."""
    layers = [layer for layer in network if isinstance(layer, nn.Conv2d | nn.Linear)]
    assert len(weights.files) == 2 * len(layers), f"{len(layers)} layers with weights, but arrays {weights.files}"
    for number, layer in enumerate(layers, 1):
        W, b = (torch.from_numpy(weights[f"{name}{number}"]) for name in "Wb")
        layer.load_state_dict({"weight": W.T if isinstance(layer, nn.Linear) else W, "bias": b})
    return network.eval()


def test_images(count):
    with gzip.open(ROOT / "data" / "mnist" / "t10k-images-idx3-ubyte.gz") as file:
        header = np.frombuffer(file.read(16), ">i4")
        assert header.tolist() == [0x803, 10000, 28, 28], f"not MNIST's test images: {header}"
        pixels = np.frombuffer(file.read(count * 28 * 28), np.uint8)
    return torch.from_numpy(pixels.reshape(count, 1, 28, 28).astype(np.float32) / np.float32(255))


if __name__ == "__main__":
    x, scores = test_images(IMAGES), {}
    networks = {
        "SimpleConvNet": simple_conv_net(),
        "LeNet": le_net(),
        "DeepConvNet": deep_conv_net(0.5),
        "DeepConvNetElastic": deep_conv_net(1),
    }
    for name, network in networks.items():
        with np.load(ROOT / "data" / "weights" / f"{name}.npz") as weights, torch.no_grad():
            scores[name] = with_our_weights(network, weights)(x).numpy()
    np.savez(ROOT / "src" / "test" / "resources" / "golden" / "torch-scores.npz", **scores)
    print(f"PyTorch {torch.__version__}, NumPy {np.__version__}: scores of {IMAGES} images by {', '.join(scores)}")

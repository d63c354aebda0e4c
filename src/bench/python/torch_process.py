"""What a learner waits for, from the command to the answer, in PyTorch: THREADS, "epoch" or "first", and the folder of the
kit. "epoch" trains the chapter's network for one epoch and prints its accuracy on the test images in percent; "first" loads
trained weights and prints what the first test image shows."""

import gzip
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch_networks import simple_conv_net


def main():
    threads, what, root = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    network = simple_conv_net()
    if what == "epoch":
        train(network, *digits(root, "train"))
        images, labels = digits(root, "t10k")
        with torch.inference_mode():
            right = sum((network(x).argmax(1) == y).sum().item() for x, y in zip(images.split(1000), labels.split(1000)))
        print(100 * right / len(labels))
    else:
        load(network, root / "data" / "weights" / "SimpleConvNet.npz")
        with torch.inference_mode():
            print(network(digits(root, "t10k")[0][:1]).argmax(1).item())


def train(network, images, labels):
    """Batches of 100 in random order, Adam with a rate of 0.001."""
    adam = torch.optim.Adam(network.parameters(), lr=0.001)
    loss_of = nn.CrossEntropyLoss()
    for which in torch.randperm(len(labels)).split(100):
        adam.zero_grad()
        loss_of(network(images[which]), labels[which]).backward()
        adam.step()


def digits(root, name):
    """Images from 0 to 1, (N, 1, 28, 28), and labels."""
    read = lambda kind, skip: np.frombuffer(gzip.open(root / "data" / "mnist" / f"{name}-{kind}-ubyte.gz").read(), np.uint8, offset=skip)
    images = torch.from_numpy(read("images-idx3", 16).reshape(-1, 1, 28, 28).astype(np.float32) / 255)
    return images, torch.from_numpy(read("labels-idx1", 8).astype(np.int64))


def load(network, file):
    """PyTorch keeps the weights of a fully connected layer the other way round."""
    weights = np.load(file)
    for layer, number in ((network[0], 1), (network[4], 2), (network[6], 3)):
        w = weights[f"W{number}"]
        layer.weight.data = torch.from_numpy(np.ascontiguousarray(w if w.ndim == 4 else w.T))
        layer.bias.data = torch.from_numpy(weights[f"b{number}"])


if __name__ == "__main__":
    main()

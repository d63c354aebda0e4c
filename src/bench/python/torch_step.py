"""The workloads of the benchmark in PyTorch; the argument says how: "eager", as a learner writes it, or "best", with
images stored channels last and the fused Adam."""

import sys

import torch
from torch import nn
from torch_networks import alex_net, deep_conv_net, le_net, simple_conv_net
from turns import take_turns

torch.set_num_threads(int(sys.argv[2]))
torch.manual_seed(1)
BEST = sys.argv[1] == "best"
LAYOUT = torch.channels_last if BEST else torch.contiguous_format


def training(network):
    """Whole training steps, batch 100: forward, loss, backward, Adam."""
    network = network.to(memory_format=LAYOUT)
    adam = torch.optim.Adam(network.parameters(), lr=0.001, fused=True if BEST else None)
    loss_of = nn.CrossEntropyLoss()
    x = torch.rand(100, 1, 28, 28).to(memory_format=LAYOUT)
    labels = torch.randint(0, 10, (100,))

    def step():
        adam.zero_grad()
        loss_of(network(x), labels).backward()
        adam.step()

    return step


def inference(network, images, *shape):
    network = network.to(memory_format=LAYOUT).eval()
    x = torch.rand(images, *shape).to(memory_format=LAYOUT)

    def step():
        with torch.inference_mode():
            network(x)

    return step


def convolution(channels, filters, kernel, size):
    """Forward, dx, dW and db of one convolution that keeps the size, batch 100."""
    layer = nn.Conv2d(channels, filters, kernel, padding=kernel // 2).to(memory_format=LAYOUT)
    x = torch.rand(100, channels, size, size).to(memory_format=LAYOUT).requires_grad_()
    dout = torch.rand(100, filters, size, size).to(memory_format=LAYOUT)

    def step():
        x.grad = layer.weight.grad = layer.bias.grad = None
        layer(x).backward(dout)

    return step


WORKLOADS = {
    "train-simple": lambda: training(simple_conv_net()),
    "train-deep": lambda: training(deep_conv_net()),
    "predict-1000": lambda: inference(simple_conv_net(), 1000, 1, 28, 28),
    "predict-1": lambda: inference(simple_conv_net(), 1, 1, 28, 28),
    "train-lenet": lambda: training(le_net()),
    "predict-deep-1000": lambda: inference(deep_conv_net(), 1000, 1, 28, 28),
    "predict-alexnet-1": lambda: inference(alex_net(), 1, 3, 227, 227),
    "convolution-16": lambda: convolution(16, 16, 3, 28),
    "convolution-32": lambda: convolution(32, 32, 3, 14),
    "convolution-64": lambda: convolution(64, 64, 3, 7),
    "convolution-192": lambda: convolution(64, 192, 5, 27),
}


if __name__ == "__main__":
    take_turns(torch.__version__, WORKLOADS)

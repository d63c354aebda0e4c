"""One training step of the chapter's network in tinygrad: recorded once as a list of kernels (TinyJit), Adam included. The
argument is the number of threads."""

import atexit
import os
import shutil
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import ziglang
from turns import take_turns


def clang(folder):
    """tinygrad wants the name of a compiler, one word; Clang of the package ziglang is started with two."""
    program = Path(folder) / "clang"
    program.write_text(f'#!/bin/sh\nexec "{Path(ziglang.__file__).with_name("zig")}" clang "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return str(program)


own = tempfile.mkdtemp(prefix="cnnkit-tinygrad-")
atexit.register(shutil.rmtree, own, ignore_errors=True)
# Asked for when tinygrad is loaded.
os.environ |= {"DEV": "CPU", "CPU_COUNT": sys.argv[1], "CC": clang(own), "CACHEDB": str(Path(own) / "cache.db")}

from tinygrad import Device, Tensor, TinyJit, nn


class SimpleConvNet:
    def __init__(self):
        self.conv = nn.Conv2d(1, 30, 5)
        self.affine1 = nn.Linear(4320, 100)
        self.affine2 = nn.Linear(100, 10)

    def __call__(self, x):
        x = self.conv(x).relu().max_pool2d(2).flatten(1)
        return self.affine2(self.affine1(x).relu())


def training():
    Tensor.manual_seed(1)
    network = SimpleConvNet()
    adam = nn.optim.Adam(nn.state.get_parameters(network), lr=0.001)
    x = Tensor.rand(100, 1, 28, 28).realize()
    labels = Tensor.randint(100, low=0, high=10).realize()

    @TinyJit
    @Tensor.train()
    def step():
        adam.zero_grad()
        loss = network(x).sparse_categorical_crossentropy(labels).backward()
        return loss.realize(*adam.schedule_step())

    for _ in range(3):  # computes, records, repeats
        step()
    return step


if __name__ == "__main__":
    take_turns(version("tinygrad"), {"train-simple": training}, lambda loss: Device[Device.DEFAULT].synchronize())

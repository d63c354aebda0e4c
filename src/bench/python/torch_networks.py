"""The networks of the benchmark in PyTorch."""

from torch import nn


def simple_conv_net():
    return nn.Sequential(
        nn.Conv2d(1, 30, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(4320, 100), nn.ReLU(), nn.Linear(100, 10)
    )


def deep_conv_net():
    layers, channels = [], 1
    for i, filters in enumerate((16, 16, 32, 32, 64, 64)):
        layers += [nn.Conv2d(channels, filters, 3, padding=2 if i == 3 else 1), nn.ReLU()]
        layers += [nn.MaxPool2d(2)] if i % 2 else []
        channels = filters
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(1024, 50), nn.ReLU(), nn.Linear(50, 10))


def le_net():
    """With ReLU and the maximum, as one would build it today."""
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()),
        *(nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)),
    )


def alex_net():
    """As its paper has it: in two groups, with local response normalization, which PyTorch divides by the channels."""
    normalize = lambda: nn.LocalResponseNorm(5, alpha=5e-4, beta=0.75, k=2)
    pool = lambda: nn.MaxPool2d(3, 2, ceil_mode=True)
    return nn.Sequential(
        *(nn.Conv2d(3, 96, 11, stride=4), nn.ReLU(), normalize(), pool()),
        *(nn.Conv2d(96, 256, 5, padding=2, groups=2), nn.ReLU(), normalize(), pool()),
        *(nn.Conv2d(256, 384, 3, padding=1), nn.ReLU(), nn.Conv2d(384, 384, 3, padding=1, groups=2), nn.ReLU()),
        *(nn.Conv2d(384, 256, 3, padding=1, groups=2), nn.ReLU(), pool(), nn.Flatten()),
        *(nn.Linear(9216, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout()),
        nn.Linear(4096, 1000),
    )

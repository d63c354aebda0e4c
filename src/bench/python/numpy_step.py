"""One training step of the chapter's network, written in NumPy from the chapter's formulas, as its readers write it.

im2col by two Python loops over the window, float64, Adam parameter by parameter.
"""

import numpy as np
from turns import take_turns


def im2col(x, fh, fw):
    n, c, h, w = x.shape
    oh, ow = h - fh + 1, w - fw + 1
    col = np.zeros((n, c, fh, fw, oh, ow))
    for ky in range(fh):
        for kx in range(fw):
            col[:, :, ky, kx] = x[:, :, ky : ky + oh, kx : kx + ow]
    return col.transpose(0, 4, 5, 1, 2, 3).reshape(n * oh * ow, -1)


class Convolution:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, x):
        fn, _, fh, fw = self.w.shape
        n, _, h, w = x.shape
        self.col = im2col(x, fh, fw)
        out = self.col @ self.w.reshape(fn, -1).T + self.b
        return out.reshape(n, h - fh + 1, w - fw + 1, fn).transpose(0, 3, 1, 2)

    def backward(self, dout):
        """The network's first layer: like ours, it leaves out the dx that nobody reads."""
        fn = self.w.shape[0]
        rows = dout.transpose(0, 2, 3, 1).reshape(-1, fn)
        self.db = rows.sum(axis=0)
        self.dw = (self.col.T @ rows).T.reshape(self.w.shape)


class MaxPooling:
    def forward(self, x):
        n, c, h, w = x.shape
        self.shape = x.shape
        col = np.zeros((n, c, 2, 2, h // 2, w // 2))
        for ky in range(2):
            for kx in range(2):
                col[:, :, ky, kx] = x[:, :, ky::2, kx::2]
        col = col.transpose(0, 4, 5, 1, 2, 3).reshape(-1, 4)
        self.winners = col.argmax(axis=1)
        return col.max(axis=1).reshape(n, h // 2, w // 2, c).transpose(0, 3, 1, 2)

    def backward(self, dout):
        n, c, h, w = self.shape
        col = np.zeros((dout.size, 4))
        col[np.arange(dout.size), self.winners] = dout.transpose(0, 2, 3, 1).ravel()
        col = col.reshape(n, h // 2, w // 2, c, 2, 2).transpose(0, 3, 4, 5, 1, 2)
        dx = np.zeros(self.shape)
        for ky in range(2):
            for kx in range(2):
                dx[:, :, ky::2, kx::2] += col[:, :, ky, kx]
        return dx


class Relu:
    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dout[self.mask] = 0
        return dout


class Affine:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, x):
        self.shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        return self.x @ self.w + self.b

    def backward(self, dout):
        self.dw = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return (dout @ self.w.T).reshape(self.shape)


class Adam:
    def __init__(self):
        self.m, self.v, self.t = {}, {}, 0

    def update(self, parameters, gradients):
        self.t += 1
        rate = 0.001 * np.sqrt(1 - 0.999**self.t) / (1 - 0.9**self.t)
        for i, (value, gradient) in enumerate(zip(parameters, gradients)):
            m = self.m.setdefault(i, np.zeros_like(value))
            v = self.v.setdefault(i, np.zeros_like(value))
            m += 0.1 * (gradient - m)
            v += 0.001 * (gradient**2 - v)
            value -= rate * m / (np.sqrt(v) + 1e-7)


class SimpleConvNet:
    def __init__(self, random):
        weights = lambda *shape: 0.01 * random.standard_normal(shape)
        self.conv = Convolution(weights(30, 1, 5, 5), np.zeros(30))
        self.affine1 = Affine(weights(4320, 100), np.zeros(100))
        self.affine2 = Affine(weights(100, 10), np.zeros(10))
        self.layers = [self.conv, Relu(), MaxPooling(), self.affine1, Relu(), self.affine2]
        self.adam = Adam()

    def step(self, x, labels):
        for layer in self.layers:
            x = layer.forward(x)
        y = np.exp(x - x.max(axis=1, keepdims=True))
        y /= y.sum(axis=1, keepdims=True)
        rows = np.arange(len(labels))
        loss = -np.mean(np.log(y[rows, labels] + 1e-7))
        y[rows, labels] -= 1
        dout = y / len(labels)
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        learned = [self.conv, self.affine1, self.affine2]
        self.adam.update([p for l in learned for p in (l.w, l.b)], [g for l in learned for g in (l.dw, l.db)])
        return loss


def training():
    random = np.random.default_rng(1)
    network = SimpleConvNet(random)
    x = random.random((100, 1, 28, 28))
    labels = random.integers(0, 10, 100)
    return lambda: network.step(x, labels)


if __name__ == "__main__":
    take_turns(np.__version__, {"train-simple": training})

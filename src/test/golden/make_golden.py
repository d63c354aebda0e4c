"""Makes the golden files that the Java tests compare with, in float64, from the formulas of the chapter alone.

    pip install numpy==2.4.6
    python3 src/test/golden/make_golden.py

writes src/test/resources/golden/*.npz. Inputs are rounded to float32 first, so that both sides start from the same
numbers; all that follows is float64. The loops are slow and plain on purpose: they are what the fast code is checked by.
"""

import io
import pathlib
import sys
import zipfile

import numpy as np

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "resources" / "golden"
RANDOM = np.random.RandomState(7)  # its stream is frozen


def draw(*shape, random=RANDOM):
    return random.standard_normal(shape).astype(np.float32).astype(np.float64)


def positions(size, kernel, stride, padding, remainder):
    room = size + 2 * padding - kernel
    if remainder == "CEIL" and room % stride:
        more = -(-room // stride) + 1
        # a window that begins behind the input and the padding before it does not count
        return more if (more - 1) * stride < size + padding else more - 1
    assert remainder != "STRICT" or room % stride == 0
    return room // stride + 1


def padded(x, kernel, stride, padding, count, value):
    """x among so many values that every window lies inside."""
    wide = x
    for axis in (0, 1):
        size = x.shape[2 + axis]
        needed = (count[axis] - 1) * stride[axis] + kernel[axis]
        after = max(padding[axis], needed - size - padding[axis])
        widths = [(0, 0)] * 4
        widths[2 + axis] = (padding[axis], after)
        wide = np.pad(wide, widths, constant_values=value)
    return wide


def geometry(x, kernel, stride, padding, remainder):
    return [positions(x.shape[2 + a], kernel[a], stride[a], padding[a], remainder) for a in (0, 1)]


def numbers(stride, padding, remainder):
    return np.array([*stride, *padding, ["STRICT", "FLOOR", "CEIL"].index(remainder)], dtype=np.float64)


def convolution(name, x_shape, filters, kernel, stride, padding, remainder):
    x = draw(*x_shape)
    W = draw(filters, x_shape[1], *kernel)
    b = draw(filters)
    OH, OW = geometry(x, kernel, stride, padding, remainder)
    wide = padded(x, kernel, stride, padding, (OH, OW), 0.0)
    N = x_shape[0]
    out = np.zeros((N, filters, OH, OW))
    dout = draw(*out.shape)
    dW, dwide = np.zeros_like(W), np.zeros_like(wide)
    for n in range(N):
        for f in range(filters):
            for oy in range(OH):
                for ox in range(OW):
                    rows = slice(oy * stride[0], oy * stride[0] + kernel[0])
                    columns = slice(ox * stride[1], ox * stride[1] + kernel[1])
                    seen = wide[n, :, rows, columns]
                    out[n, f, oy, ox] = np.sum(seen * W[f]) + b[f]
                    dW[f] += dout[n, f, oy, ox] * seen
                    dwide[n, :, rows, columns] += dout[n, f, oy, ox] * W[f]
    dx = dwide[:, :, padding[0] : padding[0] + x_shape[2], padding[1] : padding[1] + x_shape[3]]
    save("convolution-" + name, geometry=numbers(stride, padding, remainder), x=x, W=W, b=b, dout=dout, out=out,
         dx=dx, dW=dW, db=dout.sum(axis=(0, 2, 3)))


def pooling(name, x_shape, kernel, stride, padding, remainder):
    x = draw(*x_shape) - 1.5  # mostly negative: a padding of 0 would win
    OH, OW = geometry(x, kernel, stride, padding, remainder)
    wide = padded(x, kernel, stride, padding, (OH, OW), -np.inf)
    out = np.zeros((*x_shape[:2], OH, OW))
    dout = draw(*out.shape)
    dwide = np.zeros_like(wide)
    for n in range(x_shape[0]):
        for c in range(x_shape[1]):
            for oy in range(OH):
                for ox in range(OW):
                    top, left = oy * stride[0], ox * stride[1]
                    seen = wide[n, c, top : top + kernel[0], left : left + kernel[1]]
                    out[n, c, oy, ox] = seen.max()
                    y, z = np.unravel_index(seen.argmax(), seen.shape)
                    dwide[n, c, top + y, left + z] += dout[n, c, oy, ox]
    dx = dwide[:, :, padding[0] : padding[0] + x_shape[2], padding[1] : padding[1] + x_shape[3]]
    save("pooling-" + name, geometry=numbers(stride, padding, remainder), kernel=np.array(kernel, dtype=np.float64),
         x=x, dout=dout, out=out, dx=dx)


def affine():
    x, W, b, dout = draw(5, 2, 3, 4), draw(24, 6), draw(6), draw(5, 6)
    flat = x.reshape(5, -1)
    save("affine", x=x, W=W, b=b, dout=dout, out=flat @ W + b, dx=(dout @ W.T).reshape(x.shape), dW=flat.T @ dout,
         db=dout.sum(axis=0))


def relu():
    x, dout = draw(3, 2, 4, 5), draw(3, 2, 4, 5)
    save("relu", x=x, dout=dout, out=np.maximum(x, 0), dx=np.where(x > 0, dout, 0.0))


def softmax_loss(scores, labels):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    y = powers / powers.sum(axis=1, keepdims=True)
    N = len(labels)
    loss = -np.mean(np.log(y[np.arange(N), labels]))
    d = y.copy()
    d[np.arange(N), labels] -= 1
    return y, loss, d / N


def softmax():
    scores = (draw(6, 10) * 5).astype(np.float32).astype(np.float64)
    labels = np.array([3, 0, 9, 1, 1, 7])
    y, loss, d = softmax_loss(scores, labels)
    save("softmax", scores=scores, labels=labels.astype(np.float64), y=y, loss=np.array([loss]), dscores=d)


def optimizers():
    """Four weights, twelve steps, a gradient of its own for each; Adam as the book writes it, without short cuts."""
    start, gradients = draw(4), draw(12, 4)
    adam, m, v, path = start.copy(), 0.0, 0.0, []
    for t, g in enumerate(gradients, 1):
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g * g
        adam = adam - 0.01 * np.sqrt(1 - 0.999**t) / (1 - 0.9**t) * m / (np.sqrt(v) + 1e-7)
        path.append(adam)
    sgd = start - 0.1 * np.cumsum(gradients, axis=0)
    save("optimizers", start=start, gradients=gradients, adam=np.array(path), sgd=sgd)


def simple_conv_net():
    """SimpleConvNet on 9 images (2, 9, 8), 3 filters of 2x3, pooling 2x2 with stride 2, 5 hidden units, 4 classes."""
    x = draw(9, 2, 9, 8)
    labels = np.array([0, 3, 1, 2, 2, 0, 1, 3, 0])
    W1, b1, W2, b2, W3, b3 = draw(3, 2, 2, 3), draw(3), draw(3 * 4 * 3, 5) / 3, draw(5), draw(5, 4), draw(4)
    W2 = W2.astype(np.float32).astype(np.float64)
    conv = np.zeros((9, 3, 8, 6))
    for oy in range(8):
        for ox in range(6):
            conv[:, :, oy, ox] = np.einsum("ncij,fcij->nf", x[:, :, oy : oy + 2, ox : ox + 3], W1) + b1
    rectified = np.maximum(conv, 0)
    blocks = rectified.reshape(9, 3, 4, 2, 3, 2).transpose(0, 1, 2, 4, 3, 5).reshape(9, 3, 4, 3, 4)
    pooled = blocks.max(axis=4)
    hidden = pooled.reshape(9, -1) @ W2 + b2
    scores = np.maximum(hidden, 0) @ W3 + b3
    _, loss, dscores = softmax_loss(scores, labels)

    dW3, db3 = np.maximum(hidden, 0).T @ dscores, dscores.sum(axis=0)
    dhidden = (dscores @ W3.T) * (hidden > 0)
    dW2, db2 = pooled.reshape(9, -1).T @ dhidden, dhidden.sum(axis=0)
    dpooled = (dhidden @ W2.T).reshape(pooled.shape)
    winners = blocks.argmax(axis=4)[..., None] == np.arange(4)
    dblocks = winners * dpooled[..., None]
    drectified = dblocks.reshape(9, 3, 4, 3, 2, 2).transpose(0, 1, 2, 4, 3, 5).reshape(conv.shape)
    dconv = drectified * (conv > 0)
    dW1 = np.zeros_like(W1)
    for oy in range(8):
        for ox in range(6):
            dW1 += np.einsum("nf,ncij->fcij", dconv[:, :, oy, ox], x[:, :, oy : oy + 2, ox : ox + 3])
    save("simple-conv-net-parameters", W1=W1, b1=b1, W2=W2, b2=b2, W3=W3, b3=b3)
    save("simple-conv-net", x=x, labels=labels.astype(np.float64), scores=scores, loss=np.array([loss]),
         W1=dW1, b1=dconv.sum(axis=(0, 2, 3)), W2=dW2, b2=db2, W3=dW3, b3=db3)


def average_pooling(name, x_shape, kernel, stride, padding, remainder):
    """Padding is NaN: a mean that counted it would show."""
    random = np.random.RandomState(11)
    x = draw(*x_shape, random=random)
    OH, OW = geometry(x, kernel, stride, padding, remainder)
    wide = padded(x, kernel, stride, padding, (OH, OW), np.nan)
    out = np.zeros((*x_shape[:2], OH, OW))
    dout = draw(*out.shape, random=random)
    dwide = np.zeros_like(wide)
    for oy in range(OH):
        for ox in range(OW):
            rows = slice(oy * stride[0], oy * stride[0] + kernel[0])
            columns = slice(ox * stride[1], ox * stride[1] + kernel[1])
            seen = wide[:, :, rows, columns]
            out[:, :, oy, ox] = np.nanmean(seen, axis=(2, 3))
            count = np.sum(~np.isnan(seen[0, 0]))
            dwide[:, :, rows, columns] += dout[:, :, oy, ox, None, None] / count
    dx = dwide[:, :, padding[0] : padding[0] + x_shape[2], padding[1] : padding[1] + x_shape[3]]
    save("average-pooling-" + name, geometry=numbers(stride, padding, remainder),
         kernel=np.array(kernel, dtype=np.float64), x=x, dout=dout, out=out, dx=dx)


def subsampling():
    """Both kinds on windows of 2x2 with stride 2: one pixel of four, and LeNet-5's coefficient * sum + bias."""
    random = np.random.RandomState(12)
    x, coefficient, bias = draw(3, 4, 6, 8, random=random), draw(4, random=random), draw(4, random=random)
    dout = draw(3, 4, 3, 4, random=random)
    dx = np.zeros_like(x)
    dx[:, :, ::2, ::2] = dout
    save("subsampling", x=x, dout=dout, out=x[:, :, ::2, ::2], dx=dx)
    sums = x.reshape(3, 4, 3, 2, 4, 2).sum(axis=(3, 5))
    each = coefficient[:, None, None]
    save("trained-subsampling", x=x, coefficient=coefficient, bias=bias, dout=dout,
         out=each * sums + bias[:, None, None], dx=np.kron(each * dout, np.ones((2, 2))),
         dcoefficient=np.sum(dout * sums, axis=(0, 2, 3)), dbias=dout.sum(axis=(0, 2, 3)))


def squashing():
    random = np.random.RandomState(13)
    x, dout = draw(3, 2, 4, 5, random=random) * 4, draw(3, 2, 4, 5, random=random)
    y = 1 / (1 + np.exp(-x))
    save("sigmoid", x=x, dout=dout, out=y, dx=dout * y * (1 - y))
    save("tanh", x=x, dout=dout, out=np.tanh(x), dx=dout / np.cosh(x) ** 2)


def normalization(name, x_shape, k, n, alpha, beta):
    """dx from the whole matrix of derivatives of every channel with respect to every other, pixel by pixel."""
    random = np.random.RandomState(14)
    x, dout = draw(*x_shape, random=random), draw(*x_shape, random=random)
    N, C, H, W = x_shape
    near = np.abs(np.subtract.outer(np.arange(C), np.arange(C))) <= n // 2
    scale = k + alpha * np.einsum("ij,njhw->nihw", near.astype(float), x**2)
    dx = np.zeros_like(x)
    for image in range(N):
        for y in range(H):
            for z in range(W):
                a, s = x[image, :, y, z], scale[image, :, y, z]
                jacobian = np.diag(s**-beta) - 2 * alpha * beta * near * np.outer(a * s ** (-beta - 1), a)
                dx[image, :, y, z] = dout[image, :, y, z] @ jacobian
    save("normalization-" + name, settings=np.array([k, n, alpha, beta]), x=x, dout=dout, out=x / scale**beta, dx=dx)


def momentum():
    """As optimizers(): Momentum, and gradient descent with weight decay, whose gradient grows by 0.05 * W."""
    random = np.random.RandomState(15)
    start, gradients = draw(4, random=random), draw(12, 4, random=random)
    rolling, v, decayed, paths = start.copy(), 0.0, start.copy(), ([], [])
    for g in gradients:
        v = 0.9 * v - 0.01 * g
        rolling = rolling + v
        decayed = decayed - 0.1 * (g + 0.05 * decayed)
        paths[0].append(rolling)
        paths[1].append(decayed)
    save("momentum", start=start, gradients=gradients, momentum=np.array(paths[0]), decay=np.array(paths[1]))


def formats():
    """What NumPy writes, for the reader: the values are always 0, 1, 2, ... / 2 with shape (2, 3) unless named."""
    x = np.arange(6).reshape(2, 3) / 2
    f4 = x.astype("<f4")
    np.savez(FOLDER / "numpy-savez.npz", W1=f4, b1=f4[0], cube=np.arange(24, dtype="<f4").reshape(2, 3, 4) / 2,
             scalar=np.float32(1.5), empty=np.zeros((0, 3), "<f4"))
    np.savez_compressed(FOLDER / "numpy-savez-compressed.npz", x=f4, zeros=np.zeros((100, 100), "<f4"))
    np.savez(FOLDER / "numpy-types.npz", little4=f4, big4=x.astype(">f4"), little8=x.astype("<f8"), big8=x.astype(">f8"))
    np.save(FOLDER / "numpy-save.npy", f4)
    cube = np.arange(24).reshape(2, 3, 4)
    np.savez(FOLDER / "numpy-fortran.npz", x=np.asfortranarray(f4), cube=np.asfortranarray(cube.astype(">f8") / 2),
             line=np.asfortranarray(f4[0]), bytes=np.asfortranarray(cube.astype("u1")),
             ints=np.asfortranarray(cube.astype("<i4")), longs=np.asfortranarray(cube.astype(">i8")))
    whole = np.array([[0, 1, -2], [3, 100_000, 2**24]])
    np.savez(FOLDER / "numpy-integers.npz", little4=whole.astype("<i4"), big4=whole.astype(">i4"),
             little8=whole.astype("<i8"), big8=whole.astype(">i8"))
    np.savez(FOLDER / "numpy-bytes.npz", x=np.array([[0, 1, 127], [128, 200, 255]], dtype="u1"))
    np.savez(FOLDER / "numpy-beyond-float.npz", odd=np.array([2, 2**24 + 1], "<i4"), even=np.array([2**24 + 2], "<i8"),
             longest=np.array([2**63 - 1], "<i8"), shortest=np.array([-(2**63)], "<i8"), huge=np.array([[1e39]]),
             third=np.array([1 / 3]), tiny=np.array([1e-60]), infinite=np.array([np.inf, -np.inf, np.nan]))
    np.savez(FOLDER / "numpy-pickle.npz", x=np.array([None, {}], dtype=object))
    with zipfile.ZipFile(FOLDER / "numpy-versions.npz", "w") as archive:
        for version in (1, 2, 3):
            entry = io.BytesIO()
            np.lib.format.write_array(entry, f4, version=(version, 0))
            archive.writestr(zipfile.ZipInfo(f"version{version}.npy"), entry.getvalue())


def save(name, **arrays):
    np.savez(FOLDER / f"{name}.npz", **{key: np.ascontiguousarray(value) for key, value in arrays.items()})


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    convolution("stride-and-padding", (2, 3, 7, 7), 4, (3, 3), (2, 2), (1, 1), "STRICT")
    convolution("rectangles", (3, 2, 6, 9), 3, (2, 4), (2, 1), (1, 2), "STRICT")
    convolution("floor", (2, 1, 8, 9), 2, (3, 2), (3, 2), (0, 0), "FLOOR")
    convolution("ceil", (2, 1, 8, 9), 2, (3, 2), (3, 2), (0, 0), "CEIL")
    convolution("padding-wider-than-kernel", (9, 2, 3, 4), 2, (2, 2), (1, 1), (3, 3), "STRICT")
    pooling("usual", (3, 2, 6, 8), (2, 2), (2, 2), (0, 0), "STRICT")
    pooling("overlapping-with-padding", (2, 3, 7, 5), (3, 3), (2, 2), (1, 1), "STRICT")
    pooling("rectangles-floor", (2, 2, 8, 7), (3, 2), (2, 3), (1, 0), "FLOOR")
    pooling("rectangles-ceil", (2, 2, 8, 7), (3, 2), (2, 3), (1, 0), "CEIL")
    affine()
    relu()
    softmax()
    optimizers()
    simple_conv_net()
    formats()
    average_pooling("usual", (3, 2, 6, 8), (2, 2), (2, 2), (0, 0), "STRICT")
    average_pooling("overlapping-with-padding", (2, 3, 7, 5), (3, 3), (2, 2), (1, 1), "STRICT")
    average_pooling("rectangles-floor", (2, 2, 8, 7), (3, 2), (2, 3), (1, 0), "FLOOR")
    average_pooling("rectangles-ceil", (2, 2, 8, 7), (3, 2), (2, 3), (1, 0), "CEIL")
    subsampling()
    squashing()
    normalization("paper", (2, 7, 3, 4), 2, 5, 1e-4, 0.75)
    normalization("strong", (2, 7, 3, 4), 1, 3, 0.5, 1.5)
    momentum()
    print(f"NumPy {np.__version__}, Python {sys.version.split()[0]}: {len(list(FOLDER.glob('*.npz')))} files")

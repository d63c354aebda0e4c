"""Parameters and arrays go to NumPy and come back: the real NumPy, not a file that was once made by it."""

import io
import itertools
import subprocess
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[3]

# Saves a network, or loads parameters into one; prints a sum over the bits of all of them.
PROGRAM = """
import cnnkit.network.*;
import java.nio.file.Path;
import java.util.zip.CRC32;

public class SaveOrLoad {
    public static void main(String[] args) throws Exception {
        Network network = SimpleConvNet.builder().input(2, 9, 8).convolution(cnnkit.im2col.Window.of(4, 3)).build(5);
        if (args[0].equals("save")) network.save(Path.of(args[1])); else network.load(Path.of(args[1]));
        CRC32 sum = new CRC32();
        for (var parameter : network.parameters().values()) {
            for (float value : parameter.value().data()) {
                int bits = Float.floatToRawIntBits(value);
                for (int shift = 0; shift < 32; shift += 8) sum.update(bits >>> shift & 0xff);
            }
        }
        System.out.println(sum.getValue());
    }
}
"""


# Reads arrays of any type and writes them again, first as they are, then as floats.
COPY = """
import cnnkit.io.*;
import java.nio.file.Path;

public class Copy {
    public static void main(String[] args) throws Exception {
        Path from = Path.of(args[0]), to = Path.of(args[1]), floats = Path.of(args[2]);
        if (args[0].endsWith(".npz")) {
            Npz.writeArrays(to, Npz.readArrays(from));
            Npz.write(floats, Npz.read(from));
        } else {
            Npy.writeArray(to, Npy.readArray(from));
            Npy.write(floats, Npy.read(from));
        }
        System.out.println(0);
    }
}
"""

# Trains two epochs of two steps with a checkpoint.
TRAIN = """
import cnnkit.data.Dataset;
import cnnkit.network.*;
import cnnkit.train.*;
import java.nio.file.Path;

public class Train {
    public static void main(String[] args) throws Exception {
        Network network = SimpleConvNet.builder().input(1, 8, 8).build(1);
        Dataset images = Dataset.of(new byte[3 * 64], new int[] {0, 1, 2}, 10, 1, 8, 8);
        new Trainer(network, images).batchSize(2).epochs(2).seed(-7).resume(Path.of(args[0]));
        network.save(Path.of(args[1]));
        System.out.println(0);
    }
}
"""


def java(tmp_path, *arguments, name="SaveOrLoad", source=PROGRAM):
    program = tmp_path / f"{name}.java"
    program.write_text(source, encoding="utf-8")
    jars = ROOT / "target" / "jars" / "*"
    done = subprocess.run(["java", "-cp", jars, program, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def bits(arrays):
    """The same sum in NumPy: little-endian float32, parameter after parameter."""
    return zlib.crc32(b"".join(array.astype("<f4").tobytes() for array in arrays))


def test_numpy_reads_the_parameters_that_a_network_saved(tmp_path):
    file = tmp_path / "network.npz"
    told = java(tmp_path, "save", file)
    with np.load(file) as saved:
        assert saved.files == ["W1", "b1", "W2", "b2", "W3", "b3"]
        assert saved["W1"].shape == (30, 2, 4, 3) and saved["W1"].dtype == np.float32
        assert saved["W2"].shape == (30 * 3 * 3, 100)
        assert bits(saved[name] for name in saved.files) == told


def test_a_network_loads_the_parameters_that_numpy_saved(tmp_path):
    shapes = {"W1": (30, 2, 4, 3), "b1": (30,), "W2": (270, 100), "b2": (100,), "W3": (100, 10), "b3": (10,)}
    random = np.random.default_rng(1)
    arrays = {name: random.standard_normal(shape).astype(np.float32) for name, shape in shapes.items()}
    for save in (np.savez, np.savez_compressed):
        file = tmp_path / f"{save.__name__}.npz"
        save(file, **arrays)
        assert java(tmp_path, "load", file) == bits(arrays.values())


def every_kind_of_array():
    """Types, byte orders, orders in memory and shapes, with values that a float holds, up to the ends of small types."""
    shapes = [(), (1,), (5,), (2, 3), (3, 1, 4), (2, 3, 4, 5), (0,), (3, 0)]
    for code, order, shape in itertools.product(["<f4", ">f4", "<f8", ">f8", "|u1", "<i4", ">i4", "<i8", ">i8"], "CF", shapes):
        length = int(np.prod(shape))
        values = np.arange(length) * 2 if code == "|u1" else (np.arange(length) - length // 2) * 65_537
        yield f"{code[1:]}-{code[0] == '>'}-{order}-{len(shape)}-{length}", np.array(values.reshape(shape), code, order=order)


def assert_same(copy, array, dtype):
    assert copy.dtype == np.dtype(dtype) and copy.shape == array.shape and np.array_equal(copy, array)


def test_arrays_of_every_kind_come_back_from_java_as_they_were(tmp_path):
    arrays = dict(every_kind_of_array())
    for save in (np.savez, np.savez_compressed):
        save(tmp_path / "from.npz", **arrays)
        java(tmp_path, *(tmp_path / f"{end}.npz" for end in ("from", "to", "floats")), name="Copy", source=COPY)
        with np.load(tmp_path / "to.npz") as copies, np.load(tmp_path / "floats.npz") as floats:
            assert copies.files == floats.files == list(arrays)
            for name, array in arrays.items():
                assert_same(copies[name], array, array.dtype.newbyteorder("<"))
                assert_same(floats[name], array, "<f4")


def test_all_versions_of_the_format_come_back(tmp_path):
    cube = np.arange(24, dtype="<i8").reshape(2, 3, 4)
    with zipfile.ZipFile(tmp_path / "from.npz", "w") as archive:
        for version in (1, 2, 3):
            entry = io.BytesIO()
            np.lib.format.write_array(entry, cube, version=(version, 0))
            archive.writestr(f"version{version}.npy", entry.getvalue())
    java(tmp_path, *(tmp_path / f"{end}.npz" for end in ("from", "to", "floats")), name="Copy", source=COPY)
    with np.load(tmp_path / "to.npz") as copies:
        for version in (1, 2, 3):
            assert_same(copies[f"version{version}"], cube, "<i8")


def test_a_single_array_comes_back(tmp_path):
    array = np.asfortranarray(np.random.default_rng(1).standard_normal((40, 300)))
    np.save(tmp_path / "from.npy", array)
    java(tmp_path, *(tmp_path / f"{end}.npy" for end in ("from", "to", "floats")), name="Copy", source=COPY)
    assert_same(np.load(tmp_path / "to.npy"), array, "<f8")
    assert_same(np.load(tmp_path / "floats.npy"), array.astype("<f4"), "<f4")


def test_numpy_looks_into_a_checkpoint(tmp_path):
    java(tmp_path, tmp_path / "run.npz", tmp_path / "weights.npz", name="Train", source=TRAIN)
    with np.load(tmp_path / "run.npz") as run, np.load(tmp_path / "weights.npz") as weights:
        assert "\nseed: -7\nbatch size: 2\noptimizer: Adam(0.001)\n" in bytes(run["settings"]).decode()
        assert run["progress"][0, 0] == 4 and run["optimizer/step"] == 4
        assert np.array_equal(run["steps"][:, :2], [[1, 1], [2, 1], [3, 2], [4, 2]])
        assert run["steps"][0, 2] == pytest.approx(np.log(10), rel=1e-3)  # the loss, before it has learned anything
        assert np.array_equal(run["epochs"][:, 0], [1, 2])
        for name in weights.files:
            assert_same(run[f"parameters/{name}"], weights[name], "<f4")
            assert run[f"optimizer/m/{name}"].shape == run[f"optimizer/v/{name}"].shape == weights[name].shape

"""Parameters go to NumPy and come back: the real NumPy, not a file that was once made by it."""

import subprocess
import zlib
from pathlib import Path

import numpy as np

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


def java(tmp_path, *arguments):
    program = tmp_path / "SaveOrLoad.java"
    program.write_text(PROGRAM)
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

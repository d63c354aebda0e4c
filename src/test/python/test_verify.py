"""What is published about the bits: it stays from release to release, and both READMEs and this Java say the same."""

import sys

import pytest
from support import ROOT

sys.path.insert(0, str(ROOT))
import lab as kit  # noqa: E402
from tools import verify  # noqa: E402

# Of version 1.0.0, but for the last two. Who changes a sum's order, the generator of random numbers or the weights on purpose
# breaks a promise.
FROZEN = {
    "LeNet, initial weights of seed 1": "510cba240bf6e73cd2c86c07e78820e543914deaaaa7fb6bac2caa2dbf324742",
    "SimpleConvNet, initial weights of seed 1": "6bc705ed725de53a5fc1e094ffbd394ac928376692f5c4bf17e641a5b94857bd",
    "DeepConvNet, initial weights of seed 1": "a8f1ca61d4fb0623977122f7fe407ab17951cc822d199ff11ba0b9f9ef13f946",
    "SimpleConvNet, weights after 200 steps": "9128b65f74df19d62e2996273da917ced019ea36d4a3ed626eac43aeaea33159",
    "LeNet, scores of 1,000 digits": "2e62ccc761ed2e558c5d8abc4325f90eb394c5955ce8fa4725a120cee706ea3e",
    "SimpleConvNet, scores of 1,000 digits": "0ab579d670b85dd12f9c4d3fb00c540b57c738d2af2769b22c94be4004dc8345",
    "DeepConvNet, scores of 1,000 digits": "1879ea99323db6014292d01906e2b05e6269e8af8ef7560e4def4335b28ae26f",
    "LeNet (ReLU, maximum), scores of 1,000 digits": "b391144d30be693170f11bff51ed408c9752815377fd97b47626c7bf1aa31f71",
    "DeepConvNet (without Dropout), scores of 1,000 digits": "69f4d65e2738af1732d4a848946c34c935f479da23a624842923b0253daef844",
}


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_published_sums_stay(readme):
    assert verify.published(ROOT / readme) == FROZEN


@pytest.mark.parametrize("engine, flags", [verify.VECTORS, verify.PLAIN], ids=["vectors", "plain"])
def test_this_java_computes_the_published_sums(engine, flags):
    java = kit.find_java()
    assert verify.computed(java, verify.compiled(java, verify.PROGRAM), engine, flags) == FROZEN


def test_a_sum_that_differs_or_is_missing_is_counted_and_named(capsys):
    assert verify.compare("a way", {"one": "1", "two": "2", "new": "3"}, {"one": "1", "two": "0", "old": "4"}) == 3
    said = capsys.readouterr().out
    assert "same       one: 1\n" in said
    assert "DIFFERENT  two: 2 here, 0 published" in said
    assert "DIFFERENT  old: nothing here, 4 published" in said and "DIFFERENT  new: 3 here, nothing published" in said

"""The tests themselves: two workers share them, and what must not meet a second of its kind stays on one."""

import os

import pytest


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="there is one worker only")
def test_a_group_stays_on_one_worker(request):
    """A pytest that pytest-xdist does not know yet deals the tests of a group out one by one, and says nothing."""
    assert request.node.nodeid.endswith("@one at a time"), "this pytest and this pytest-xdist do not group: see conftest.py"

"""What lab.py starts JupyterLab with."""

import sys

import pytest
from support import ROOT

sys.path.append(str(ROOT))

import lab
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


@pytest.fixture
def command(monkeypatch):
    """What start would run, as words."""
    started = []
    monkeypatch.setattr(lab, "set_up", lambda: lab.Java(ROOT, "17"))
    monkeypatch.setattr(lab, "environment", lambda java: {})
    monkeypatch.setattr(lab, "call", lambda command, environ: started.extend(map(str, command)))
    lab.start(None, False)
    return started


def test_the_server_is_started_with_limits_that_twenty_thousand_lines_of_one_cell_do_not_reach(command):
    """A line is a message. The server counts those of the last seconds, and begins anew with every cell."""
    limits = lab.SERVER_SETTINGS["ZMQChannelsWebsocketConnection"]
    assert limits["iopub_msg_rate_limit"] > 20_000 / ZMQChannelsWebsocketConnection.rate_limit_window.default_value
    for name, value in limits.items():
        assert f"--ZMQChannelsWebsocketConnection.{name}={value}" in command
        assert value > getattr(ZMQChannelsWebsocketConnection, name).default_value, "raised, and known under this name"

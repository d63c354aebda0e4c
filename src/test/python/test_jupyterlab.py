"""JupyterLab as lab.py starts it, spoken to over its own protocol; no browser is needed."""

import json
import re
import urllib.request

import pytest
from screenshots import jupyterlab
from tornado import ioloop, websocket

LINES = 20_000


@pytest.fixture(scope="module")
def server():
    with jupyterlab() as address:
        yield re.fullmatch(r"http://([^/]+)/.*\?token=(\w+)", address).groups()


def ask(server, path, method="GET"):
    host, token = server
    headers = {"Authorization": f"token {token}", "Content-Type": "application/json"}
    body = json.dumps({"name": "java"}).encode() if method == "POST" else None
    request = urllib.request.Request(f"http://{host}/{path}", data=body, method=method, headers=headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read() or "null")


async def printed(server, kernel, code):
    """Runs a cell as the page of JupyterLab does; gives all that comes back as printed text, errors of the server too."""
    host, token = server
    connection = await websocket.websocket_connect(f"ws://{host}/api/kernels/{kernel}/channels?token={token}", max_message_size=10**9)
    header = {"msg_id": "run", "msg_type": "execute_request", "session": "test", "username": "", "version": "5.3", "date": ""}
    content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": True}
    message = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content, "buffers": []}
    await connection.write_message(json.dumps(message))
    text = ""
    while True:
        answer = json.loads(await connection.read_message())
        if answer["header"]["msg_type"] == "stream":
            text += answer["content"]["text"]
        ours = answer["parent_header"].get("msg_id") == "run"
        if ours and answer["header"]["msg_type"] == "status" and answer["content"]["execution_state"] == "idle":
            connection.close()
            return text


def test_twenty_thousand_lines_printed_at_once_all_arrive(server):
    kernel = ask(server, "api/kernels", "POST")["id"]
    try:
        code = f'for (int line = 0; line < {LINES}; line++) System.out.println("line " + line);'
        text = ioloop.IOLoop.current().run_sync(lambda: printed(server, kernel, code), timeout=120)
    finally:
        ask(server, f"api/kernels/{kernel}", "DELETE")
    assert "rate exceeded" not in text, text[-600:]
    assert text.split("\n")[:-1] == [f"line {line}" for line in range(LINES)]

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


async def printed(server, kernel, cells):
    """Runs cells one after the other as the page of JupyterLab does; gives all printed text, with what the server adds."""
    host, token = server
    connection = await websocket.websocket_connect(f"ws://{host}/api/kernels/{kernel}/channels?token={token}", max_message_size=10**9)
    text = ""
    for number, code in enumerate(cells):
        await connection.write_message(json.dumps(execute_request(str(number), code)))
        while True:
            answer = json.loads(await connection.read_message())
            if answer["header"]["msg_type"] == "stream":
                text += answer["content"]["text"]
            ours = answer["parent_header"].get("msg_id") == str(number)
            if ours and answer["header"]["msg_type"] == "status" and answer["content"]["execution_state"] == "idle":
                break
    connection.close()
    return text


def execute_request(id, code):
    header = {"msg_id": id, "msg_type": "execute_request", "session": "test", "username": "", "version": "5.3", "date": ""}
    content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": True}
    return {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content, "buffers": []}


def test_twenty_thousand_lines_are_not_too_many_for_the_server(server):
    """In cells of 250 lines: a socket holds 1,000, and a server that gets no processor would lose some on the way to it."""
    kernel = ask(server, "api/kernels", "POST")["id"]
    loop = "for (int line = {0}; line < {0} + 250; line++) System.out.println(line);"
    cells = [loop.format(first) for first in range(0, LINES, 250)]
    try:
        text = ioloop.IOLoop.current().run_sync(lambda: printed(server, kernel, cells), timeout=300)
    finally:
        ask(server, f"api/kernels/{kernel}", "DELETE")
    assert "rate exceeded" not in text, text[-600:]
    assert text.split() == [str(line) for line in range(LINES)]

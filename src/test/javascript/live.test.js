// The connection of a panel, against a server and a kernel that are made of a few lines.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Connection, oneAtATime } from "../../main/resources/cnnkit/live/live.js";

const URL_OF_KERNELS = new URL("http://localhost/base/api/kernels");

/** A socket that records what is sent, and answers by a function of the message. */
function server({ kernels = [{ id: "k" }], reply }) {
  const sockets = [];
  globalThis.document = { cookie: "a=1; _xsrf=token" };
  globalThis.fetch = async (url, options) => ({ ok: true, json: async () => ((sockets.headers = options.headers), kernels) });
  globalThis.WebSocket = class {
    constructor(address) {
      this.address = String(address);
      this.sent = [];
      sockets.push(this);
      setTimeout(() => this.onopen(), 0);
    }
    send(text) {
      const message = JSON.parse(text);
      this.sent.push(message);
      const answer = reply?.(message);
      if (answer) setTimeout(() => this.onmessage({ data: JSON.stringify(answer) }), 0);
    }
    close() {
      this.onclose();
    }
  };
  return sockets;
}

function answering({ content: { comm_id, data } }) {
  return { msg_type: "comm_msg", content: { comm_id, data: { n: data.n, answer: { heard: data.ask } } } };
}

const connection = (wanted = () => true) => new Connection({ kernel: "k 17", panel: "3" }, URL_OF_KERNELS, wanted);

test("the first question opens a comm, the next goes through it, each with run and panel", async () => {
  const sockets = server({ reply: answering });
  const here = connection();
  assert.deepEqual(await here.ask({ ask: 1 }), { heard: 1 });
  assert.deepEqual(await here.ask({ ask: 2 }), { heard: 2 });
  const [socket] = sockets;
  assert.match(socket.address, /^ws:\/\/localhost\/base\/api\/kernels\/k\/channels\?session_id=[0-9a-f]{32}$/);
  assert.deepEqual(socket.sent.map(({ header }) => header.msg_type), ["comm_open", "comm_msg"]);
  assert.equal(socket.sent[0].content.target_name, "cnnkit.live");
  assert.deepEqual(socket.sent[1].content.data, { ask: 2, n: 2, page: here.session, kernel: "k 17", panel: 3 });
  assert.equal(sockets.headers["X-XSRFToken"], "token");
});

test("a kernel that is not there any more is never asked", async () => {
  const sockets = server({ kernels: [{ id: "another" }] });
  await assert.rejects(connection().ask({ ask: 1 }), { message: "again" });
  assert.equal(sockets.length, 0);
});

test("a server that is gone, or lets nobody in, is a lost connection", async () => {
  server({});
  globalThis.fetch = () => Promise.reject(new TypeError("Failed to fetch"));
  await assert.rejects(connection().ask({ ask: 1 }), { message: "lost" });
  globalThis.fetch = async () => ({ ok: false, json: async () => ({ message: "Forbidden" }) });
  await assert.rejects(connection().ask({ ask: 1 }), { message: "lost" });
});

test("a kernel that knows no panels closes the comm: run the cell again", async () => {
  server({ reply: ({ content }) => ({ msg_type: "comm_close", content: { comm_id: content.comm_id } }) });
  await assert.rejects(connection().ask({ ask: 1 }), { message: "again" });
});

test("a restarted kernel whose panels are others says so", async () => {
  server({ reply: ({ content: { comm_id, data } }) => ({ msg_type: "comm_msg", content: { comm_id, data: { n: data.n, gone: true } } }) });
  await assert.rejects(connection().ask({ ask: 1 }), { message: "again" });
});

test("an error of Java comes with its words, and messages of others are not heard", async () => {
  server({ reply: ({ content: { comm_id, data } }) => ({ msg_type: "comm_msg", content: { comm_id, data: { n: data.n, error: "no such map" } } }) });
  const here = connection();
  await assert.rejects(here.ask({ ask: 1 }), { message: "no such map" });
  here.receive(JSON.stringify({ msg_type: "comm_msg", content: { comm_id: "another", data: { n: 1 } } }));
  here.receive(new ArrayBuffer(4));
});

test("a lost connection is opened again by the next question", async () => {
  const sockets = server({ reply: answering });
  const here = connection();
  await here.ask({ ask: 1 });
  sockets[0].close();
  assert.deepEqual(await here.ask({ ask: 2 }), { heard: 2 });
  assert.equal(sockets.length, 2);
});

test("while one question is open, only the newest of the others waits", async () => {
  const open = [];
  const ask = oneAtATime((message) => new Promise((resolve) => open.push({ message, resolve })));
  const first = ask(1);
  const second = ask(2);
  const third = ask(3);
  await assert.rejects(second, { message: "overtaken" });
  open[0].resolve("one");
  assert.equal(await first, "one");
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.equal(open[1].message, 3);
  open[1].resolve("three");
  assert.equal(await third, "three");
});

test("what is to be done once is neither overtaken nor overtakes", async () => {
  const open = [];
  const ask = oneAtATime((message) => new Promise((resolve) => open.push({ message, resolve })));
  const questions = [{ what: "unit" }, { what: "save", once: true }, { what: "back", once: true }, { what: "unit" }].map((asked) => ({ ask: asked }));
  const answers = questions.map(ask);
  for (let i = 0; i < 4; i++) {
    open[i].resolve(i);
    assert.equal(await answers[i], i);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  assert.deepEqual(open.map(({ message }) => message), questions);
});

test("a question that fails does not stop the next", async () => {
  const ask = oneAtATime((message) => (message === 1 ? Promise.reject(new Error("no")) : Promise.resolve(message)));
  const [first, second] = [ask(1), ask(2)];
  await assert.rejects(first, { message: "no" });
  assert.equal(await second, 2);
});

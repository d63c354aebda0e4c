// A panel's own connection to the kernel that printed it, through the Jupyter server that the page came from. No extension is
// needed, no port, and no code travels to the kernel: only questions, as JSON, which Java checks.

import { keepKeys } from "./keys.js";

const SLOW = 1000; // ms until the page says that it waits
const SILENT = 2500; // ms until it asks whether the kernel still knows this connection

const WORDS = {
  en: {
    waiting: "Waiting for the running cell …",
    again: "Run this cell again: its kernel has ended or was restarted.",
    lost: "The connection was lost. Try again, or reload the page.",
  },
  zh: {
    waiting: "正在等待其他单元格运行结束……",
    again: "请重新运行这个单元格：它的内核已经关闭或重启。",
    lost: "连接断开了。请再试一次，或者刷新页面。",
  },
};

/**
 * Brings a panel to life, once Java has answered, and sent the script that fills it: a function body that gets root, an empty
 * element, and ask(question), a promise of an answer. Until then, and where no kernel answers, the still picture stays.
 * @param root the element with the picture; its data say which panel of which run of which kernel it is
 */
export async function live(root) {
  const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
  if (!config.baseUrl || !root.dataset.kernel) return; // not in Jupyter, or never run here
  const words = WORDS[root.dataset.language] || WORDS.en;
  const note = Object.assign(document.createElement("div"), { className: "note" });
  note.setAttribute("role", "status");
  root.append(note);
  keepKeys(root);
  const connection = new Connection(root.dataset, new URL(`${config.baseUrl}api/kernels`, location.href), () => root.isConnected);
  const send = oneAtATime((message) => connection.ask(message));
  const asked = (message) => said(send(message), note, words);
  const { script, style } = await asked({ hello: true });
  const panel = document.createElement("div");
  await new Function("root", "ask", script)(panel, (question) => asked({ ask: question }));
  root.replaceChildren(Object.assign(document.createElement("style"), { textContent: style }), panel, note);
}

/** Waits for an answer, and says beside the panel what there is to say. Where none comes the promise stays open. */
function said(answering, note, words) {
  const late = setTimeout(() => (note.textContent = words.waiting), SLOW);
  return new Promise((resolve) => {
    const finish = (text) => {
      clearTimeout(late);
      note.textContent = text;
    };
    answering.then(
      (answer) => {
        finish("");
        resolve(answer);
      },
      (error) => (error === OVERTAKEN ? clearTimeout(late) : finish(words[error.message] || error.message)),
    );
  });
}

/**
 * The kernel takes twenty messages a second: while one question is open, only the newest of the others waits. What is to be done
 * once, and what others depend on, is marked so, and always done.
 */
export function oneAtATime(ask) {
  let open = false;
  const waiting = [];
  async function send({ message, resolve, reject }) {
    open = true;
    await ask(message).then(resolve, reject);
    open = false;
    if (waiting.length) send(waiting.shift());
  }
  return (message) =>
    new Promise((resolve, reject) => {
      if (!open) {
        send({ message, resolve, reject });
      } else {
        const last = waiting.at(-1);
        if (last && !last.message.ask?.once && !message.ask?.once) waiting.pop().reject(OVERTAKEN);
        waiting.push({ message, resolve, reject });
      }
    });
}

const OVERTAKEN = new Error("overtaken");

/** A web socket of the panel's own, and on it a comm, the kernel's name for a conversation. */
export class Connection {
  constructor({ kernel, panel }, url, wanted) {
    this.run = kernel; // the kernel's id, a space, and when this run of it began
    this.panel = Number(panel);
    this.url = url;
    this.wanted = wanted; // whether the panel is still on the page
    this.session = randomId();
    this.asked = new Map();
    this.count = 0;
  }

  async connect() {
    const id = this.run.split(" ")[0];
    const xsrf = document.cookie.match(/\b_xsrf=([^;]+)/)?.[1];
    const kernels = await fetch(this.url, { headers: xsrf ? { "X-XSRFToken": xsrf } : {} })
      .then((reply) => reply.json())
      .catch(() => null);
    if (!Array.isArray(kernels)) throw new Error("lost"); // no server, or one that does not let us in any more
    if (!kernels.some((kernel) => kernel.id === id)) throw new Error("again"); // asking for a lost one would log an error
    const address = new URL(`${this.url.href}/${id}/channels?session_id=${this.session}`);
    address.protocol = address.protocol.replace("http", "ws"); // the cookie lets us in: no token in the address, which is logged
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = () => reject(new Error("lost"));
    });
    socket.onclose = () => this.socket === socket && this.close("lost");
    socket.onmessage = ({ data }) => this.receive(data);
    this.socket = socket;
    this.comm = randomId();
    this.opened = false;
  }

  close(why) {
    const { socket } = this;
    this.socket = null;
    socket?.close();
    this.fail(why);
  }

  fail(why) {
    for (const { reject } of this.asked.values()) reject(new Error(why));
    this.asked.clear();
    this.opened = false;
  }

  receive(data) {
    if (!this.wanted() && this.asked.size === 0) {
      this.close("lost"); // the cell ran again, or was scrolled away
      return;
    }
    if (typeof data !== "string") return; // with buffers: not ours
    const { msg_type: type, content } = JSON.parse(data);
    if (type === "status" && content.execution_state === "restarting") this.fail("again");
    if (content?.comm_id !== this.comm) return;
    if (type === "comm_close") this.fail("again"); // a kernel that knows no panels
    if (type === "comm_msg") this.answered(content.data);
  }

  answered({ n, answer, error, gone }) {
    const question = this.asked.get(n);
    this.asked.delete(n);
    if (gone || error) question?.reject(new Error(gone ? "again" : error));
    else question?.resolve(answer);
  }

  async ask(message) {
    if (!this.socket) await this.connect();
    const n = ++this.count;
    return new Promise((resolve, reject) => {
      this.asked.set(n, { resolve, reject });
      const data = { ...message, n, page: this.session, kernel: this.run, panel: this.panel };
      this.send(data);
      this.askAgain(data, SILENT);
    });
  }

  // A restarted kernel does not know the comm, and ignores it without a word; one that runs a cell only takes its time.
  askAgain(data, pause) {
    setTimeout(() => {
      if (!this.socket || !this.asked.has(data.n)) return;
      this.opened = false;
      this.send(data);
      this.askAgain(data, 2 * pause);
    }, pause);
  }

  send(data) {
    const type = this.opened ? "comm_msg" : "comm_open";
    const target = this.opened ? {} : { target_name: "cnnkit.live" };
    this.opened = true;
    const date = new Date().toISOString();
    this.socket.send(
      JSON.stringify({
        header: { msg_id: randomId(), msg_type: type, session: this.session, username: "", date, version: "5.3" },
        parent_header: {},
        metadata: {},
        content: { comm_id: this.comm, data, ...target },
        buffers: [],
        channel: "shell",
      }),
    );
  }
}

function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

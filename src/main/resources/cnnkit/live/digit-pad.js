// A sheet of paper for one digit, drawn with the mouse, a finger or the arrow keys. Java reads it and sends what to show.
import { bars } from "./bars.js";
import { bytes } from "./bytes.js";
import { element, filled } from "./elements.js";
import { paint } from "./maps.js";

const PEN = 8; // pixels of the sheet
const ZOOM = 2; // screen pixels a pixel of the sheet
const STEP_SIDE = 84; // px on the screen, a step of the preparation
const MAPS_SIDE = 300; // px on the screen, a line of maps
const STEP = 4; // pixels that an arrow key moves the pen

/** Fills a panel with a sheet, and with what a network makes of it. */
export async function digitPad(root, ask) {
  const answer = await ask({ what: "open" });
  const pad = new Pad(root, ask, answer);
  pad.build(answer.save);
}

/** The grey of each pixel, 0 is paper, from the red, green, blue and opacity of each: as text that travels. */
export function inkOf(rgba) {
  const ink = new Uint8Array(rgba.length / 4).map((_, i) => rgba[4 * i + 3]);
  return ink.some((value) => value > 0) ? btoa(String.fromCharCode(...ink)) : "";
}

/** Where a pen stands after a key, on a sheet of some side. */
export function moved({ x, y }, key, side) {
  const [right, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] || [0, 0];
  const within = (value) => Math.max(0, Math.min(side, value));
  return { x: within(x + right * STEP), y: within(y + down * STEP) };
}

class Pad {
  constructor(root, ask, { side, scales, words }) {
    Object.assign(this, { root, ask, side, words });
    this.scales = Object.fromEntries(Object.entries(scales).map(([name, colors]) => [name, bytes(colors)]));
    this.pen = { x: side / 2, y: side / 4 };
    this.down = false;
  }

  build(canSave) {
    const canvas = element("canvas", { className: "paper", width: this.side, height: this.side, tabIndex: 0, title: this.words.keys });
    canvas.style.width = canvas.style.height = `${this.side * ZOOM}px`;
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", `${this.words.draw}. ${this.words.keys}`);
    this.canvas = canvas;
    this.paper = canvas.getContext("2d", { willReadFrequently: true });
    Object.assign(this.paper, { lineWidth: PEN, lineCap: "round", lineJoin: "round", strokeStyle: "#000" });
    this.nib = element("div", { className: "nib", hidden: true });
    this.status = element("p");
    this.status.setAttribute("role", "status");
    this.result = element("div", { className: "reading" });
    const buttons = element("div", { className: "controls" }, element("button", { textContent: this.words.clear, onclick: () => this.clear() }));
    if (canSave) buttons.append(element("button", { textContent: this.words.save, onclick: () => this.save() }));
    const stage = element("div", { className: "stage" }, canvas, this.nib);
    const [above, below] = [element("p", { textContent: this.words.draw }), element("small", { textContent: this.words.keys })];
    const left = element("div", {}, above, stage, buttons, this.status, below);
    left.style.width = "min-content"; // as wide as the sheet
    this.root.replaceChildren(element("div", { className: "unit" }, left, this.result));
    this.listen(canvas);
  }

  listen(canvas) {
    const at = (event) => ({ x: event.offsetX / ZOOM, y: event.offsetY / ZOOM });
    canvas.onpointerdown = (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.drawing = true;
      this.status.textContent = "";
      this.nib.hidden = true;
      this.pen = at(event);
      this.line(this.pen);
    };
    canvas.onpointermove = (event) => {
      if (event.buttons & 1) this.line(at(event));
    };
    canvas.onlostpointercapture = () => {
      this.drawing = false;
      this.read();
    };
    canvas.onkeydown = (event) => this.key(event);
  }

  key(event) {
    if (event.key === " ") {
      this.down = !this.down;
      this.status.textContent = this.down ? this.words.down : this.words.up;
      if (this.down) this.line(this.pen);
      else this.read();
    } else if (event.key.startsWith("Arrow")) {
      const to = moved(this.pen, event.key, this.side);
      if (this.down) this.line(to);
      this.pen = to;
    } else {
      return;
    }
    event.preventDefault();
    this.nib.hidden = false;
    this.nib.style.left = `${this.pen.x * ZOOM}px`;
    this.nib.style.top = `${this.pen.y * ZOOM}px`;
    this.nib.classList.toggle("down", this.down);
  }

  line(to) {
    this.paper.beginPath();
    this.paper.moveTo(this.pen.x, this.pen.y);
    this.paper.lineTo(to.x, to.y);
    this.paper.stroke();
    this.pen = to;
    this.read();
  }

  ink() {
    return inkOf(this.paper.getImageData(0, 0, this.side, this.side).data);
  }

  async read() {
    const pixels = this.ink();
    if (pixels) this.show(await this.ask({ what: "read", pixels }));
  }

  clear() {
    this.paper.clearRect(0, 0, this.side, this.side);
    this.result.replaceChildren();
    this.status.textContent = "";
    this.canvas.focus();
  }

  async save() {
    const pixels = this.ink();
    this.status.textContent = pixels ? (await this.ask({ what: "save", once: true, pixels })).saved : this.words.empty;
  }

  show({ refused, steps, maps, scores, best, said }) {
    if (!this.ink()) return; // the sheet is new again
    if (refused) {
      this.result.replaceChildren(); // nothing of an earlier drawing
      if (!this.drawing && !this.down) this.status.textContent = refused; // every digit begins with a dot
      return;
    }
    const prepared = element("div", { className: "unit" }, ...steps.slice(1).map((step) => this.picture(step, STEP_SIDE, 1)));
    const text = element("p", { textContent: this.words.prepared });
    this.result.replaceChildren(element("p", { className: "value", textContent: said }), bars(scores, best), text, prepared);
    if (!maps.cells) return; // a network without maps
    const columns = Math.min(10, maps.shown);
    const title = filled(this.words.is, this.words.maps, `${maps.name} ${maps.size}`);
    this.result.append(element("p", { textContent: title }), this.picture(maps, MAPS_SIDE / columns, columns));
  }

  picture(sheet, side, columns) {
    const canvas = element("canvas", { className: columns > 1 ? "maps" : "" });
    paint(canvas, sheet, sheet.shown, columns, bytes(sheet.cells), this.scales[sheet.scale]);
    canvas.style.width = `${(side * canvas.width) / Math.max(sheet.width, sheet.height)}px`;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", sheet.name);
    return columns > 1 ? canvas : element("div", {}, canvas, element("small", { textContent: sheet.name }));
  }
}

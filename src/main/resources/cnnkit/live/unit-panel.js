// One filter of a convolution: its map for an image, what a unit of it sees, what covering takes away, which patches excite it.
// Java sends levels of colour and texts; a slider steps through the training, if there are filters of its steps.
import { bytes } from "./bytes.js";
import { element, filled } from "./elements.js";
import { spoken } from "./grid.js";
import { GAP, cellAt, paint } from "./maps.js";

const WIDE = 560; // px, all filters
const LARGE = 168; // px, a side of a picture
const SMALL = 44; // px, a side of a patch
const WAYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Fills a panel: asks what there is, then for one unit at a time. */
export async function unitPanel(root, ask) {
  const view = new UnitView(root, ask);
  await view.open();
}

/** How many filters stand side by side, and how large a cell is on the screen. */
export function filterLayout(count, { height, width }) {
  const zoom = Math.max(1, Math.min(8, Math.floor(40 / Math.max(height, width))));
  const most = Math.floor((WIDE + GAP * zoom) / ((width + GAP) * zoom));
  const rows = Math.ceil(count / Math.max(1, Math.min(count, most)));
  return { columns: Math.ceil(count / rows), rows, zoom }; // lines of the same length, as far as it goes
}

/** Where an arrow key leads among filters in lines; it stays if there is none. */
export function neighbour(filter, count, columns, [down, right]) {
  const next = filter + down * columns + right;
  return next >= 0 && next < count ? next : filter;
}

/** The part of a field that lies in an image, in percent of it. */
export function framed({ top, left, height, width }, image) {
  const part = (from, size, all) => {
    const first = Math.max(0, from);
    return [(100 * first) / all, (100 * (Math.min(all, from + size) - first)) / all];
  };
  const [y, h] = part(top, height, image.height);
  const [x, w] = part(left, width, image.width);
  return { left: `${x}%`, top: `${y}%`, width: `${w}%`, height: `${h}%` };
}

/** The colours of a scale, from its lowest value to its highest. */
function ramp(colors) {
  const last = colors.length / 3 - 3; // behind it what is no number, and what is no value
  const stops = [0, 0.25, 0.5, 0.75, 1].map((share) => 3 * Math.round(share * last));
  return `linear-gradient(90deg,${stops.map((i) => `rgb(${colors.subarray(i, i + 3)})`)})`;
}

/** A picture with a frame on it; it stays in its place when its contents change, and so does the keyboard. */
class Framed {
  constructor(words) {
    this.canvas = element("canvas");
    this.canvas.setAttribute("role", words ? "application" : "img");
    if (words) Object.assign(this.canvas, { tabIndex: 0, title: words });
    this.words = words;
    this.stage = element("div", { className: "stage" }, this.canvas);
  }

  show(sheet, count, columns, colors, zoom, label) {
    this.zoom = zoom;
    paint(this.canvas, sheet, count, columns, bytes(sheet.cells), colors);
    this.canvas.style.width = `${this.canvas.width * zoom}px`;
    this.canvas.style.height = `${this.canvas.height * zoom}px`;
    this.canvas.setAttribute("aria-label", this.words ? `${label}. ${this.words}` : label);
    for (const box of this.stage.querySelectorAll(".box")) box.remove();
  }

  frame(field, color = "") {
    const box = element("div", { className: `box ${color}` });
    Object.assign(box.style, framed(field, this.canvas));
    this.stage.append(box);
  }

  /** Calls use with the place of a click, in cells, and with the way of an arrow key. */
  listen(click, walk) {
    this.canvas.onclick = (event) => {
      this.canvas.focus();
      click(event.offsetX / this.zoom, event.offsetY / this.zoom);
    };
    this.canvas.onkeydown = (event) => {
      const way = WAYS[event.key];
      if (!way) return;
      event.preventDefault();
      walk(way);
    };
  }
}

class UnitView {
  constructor(root, ask) {
    this.root = root;
    this.ask = ask;
  }

  async open() {
    const { layers, images, filter, scales, words } = await this.ask({ what: "open" });
    this.layers = layers;
    this.words = words;
    this.scales = Object.fromEntries(Object.entries(scales).map(([name, colors]) => [name, bytes(colors)]));
    this.unit = { layer: 0, step: layers[0].steps.length - 1, image: 0, filter, channel: 0 };
    this.filters = new Framed(words.filters);
    this.map = new Framed(words.place);
    this.image = new Framed();
    this.occlusion = new Framed();
    this.patches = element("div", { className: "patches" });
    this.searched = element("div");
    this.said = spoken();
    this.hint = element("small"); // beside what is read aloud at each step
    this.listen();
    const figures = [this.map, this.image, this.occlusion].map((figure) => this.titled(figure));
    const favourites = element("div", { className: "titled" }, this.searched, this.patches);
    const filters = element("div", { className: "filters" }, element("p", { textContent: words.filters }), this.filters.stage);
    const pictures = element("div", { className: "unit" }, ...figures, favourites);
    this.root.replaceChildren(this.controls(images), filters, this.said, this.hint, pictures);
    await this.choose({});
  }

  titled(figure) {
    figure.title = element("div");
    figure.scale = element("div", { className: "scale" });
    figure.limits = element("small");
    figure.means = element("small");
    return element("div", { className: "titled" }, figure.title, figure.stage, figure.scale, figure.limits, figure.means);
  }

  // What is looked at: chosen by fields, by the pointer, or by arrow keys.

  controls(images) {
    const { words, layers } = this;
    const select = element("select", { name: "layer" }, ...layers.map(({ name }, i) => element("option", { value: i, textContent: name })));
    select.oninput = () => this.choose({ layer: Number(select.value), step: undefined, filter: 0, channel: 0, place: null });
    this.channel = this.field("channel", (channel) => this.choose({ channel }));
    this.imageNumber = this.field("image", (image) => this.choose({ image, place: null }));
    this.imageNumber.max = images - 1;
    this.moment = element("output");
    this.slider = element("input", { type: "range", name: "step", min: 0 });
    this.slider.oninput = () => this.choose({ step: Number(this.slider.value) });
    const labelled = (text, ...fields) => element("label", {}, `${text} `, ...fields);
    const line = [labelled(words.layer, select), labelled(words.channel, this.channel), labelled(words.image, this.imageNumber)];
    line[0].hidden = layers.length === 1;
    return element("div", { className: "controls" }, ...line, labelled(words.training, this.slider, this.moment));
  }

  field(name, use) {
    const input = element("input", { type: "number", name, min: 0 });
    input.oninput = () => {
      const value = Math.max(0, Math.min(Number(input.max), Math.trunc(Number(input.value)) || 0));
      if (input.value !== "") use(value);
    };
    input.onchange = () => (input.value = this.unit[name]); // what is shown, not what cannot be
    return input;
  }

  listen() {
    this.filters.listen(
      (x, y) => {
        const cell = cellAt(this.shown.filters, this.columns, x, y);
        if (cell) this.choose({ filter: cell.map, place: null });
      },
      (way) => {
        const filter = neighbour(this.unit.filter, this.shown.filters.shown, this.columns, way);
        if (filter !== this.unit.filter) this.choose({ filter, place: null });
      },
    );
    const within = (value, count) => Math.max(0, Math.min(count - 1, value));
    const go = (row, column) => {
      const { height, width } = this.shown.map;
      this.choose({ place: { row: within(row, height), column: within(column, width) } });
    };
    this.map.listen(
      (x, y) => go(Math.floor(y), Math.floor(x)),
      ([down, right]) => {
        const { row, column } = this.unit.place || this.shown; // of several keys in a row each goes on from the one before
        go(row + down, column + right);
      },
    );
  }

  async choose(change) {
    const unit = { ...this.unit, ...change };
    unit.step ??= this.layers[unit.layer].steps.length - 1;
    this.unit = unit;
    const { place, ...question } = unit;
    this.show(await this.ask({ what: "unit", ...question, ...place }));
  }

  // What Java has answered.

  show(answer) {
    this.shown = answer;
    const { filters, map, image, occlusion, field, place, value, row, column } = answer;
    this.fillFields();
    const { columns, zoom } = filterLayout(filters.shown, filters);
    this.columns = columns;
    this.filters.show(filters, filters.shown, columns, this.scales[filters.scale], zoom, filters.name);
    const [top, left] = [Math.floor(answer.filter / columns) * (filters.height + GAP), (answer.filter % columns) * (filters.width + GAP)];
    this.filters.frame({ ...filters, top, left });
    this.figure(this.map, map);
    this.figure(this.image, image);
    this.figure(this.occlusion, occlusion);
    this.map.frame({ top: row, left: column, height: 1, width: 1 });
    this.image.frame(field, "blue");
    this.occlusion.frame(field, "blue");
    this.said.replaceChildren(
      element("div", { className: "scale", style: `background:${ramp(this.scales[filters.scale])}` }),
      element("small", { textContent: filled(this.words.is, filters.name, filters.limits) }),
      element("p", { className: "value", textContent: filled(this.words.is, place, value) }),
    );
    this.hint.textContent = answer.strongest ? this.words.strongest : "";
    this.searched.textContent = answer.searched;
    this.patches.replaceChildren(...answer.patches.map((patch) => this.patch(patch)));
  }

  fillFields() {
    const { steps, channels } = this.layers[this.unit.layer];
    this.channel.parentElement.hidden = channels === 1;
    this.channel.max = channels - 1;
    const set = (field, value) => field !== document.activeElement && (field.value = value);
    set(this.channel, this.unit.channel);
    set(this.imageNumber, this.unit.image);
    this.slider.parentElement.hidden = steps.length === 1;
    this.slider.max = steps.length - 1;
    this.slider.value = this.unit.step;
    this.slider.setAttribute("aria-valuetext", steps[this.unit.step]);
    this.moment.textContent = steps[this.unit.step];
  }

  figure(figure, sheet) {
    const zoom = Math.max(1, Math.floor(LARGE / Math.max(sheet.height, sheet.width)));
    figure.show(sheet, 1, 1, this.scales[sheet.scale], zoom, sheet.name);
    figure.title.textContent = sheet.name;
    figure.scale.style.background = ramp(this.scales[sheet.scale]);
    figure.limits.textContent = sheet.limits;
    figure.means.textContent = sheet.means || "";
  }

  /** A patch leads to the image that it comes from. */
  patch(patch) {
    const canvas = element("canvas");
    paint(canvas, patch, 1, 1, bytes(patch.cells), this.scales[patch.scale]);
    canvas.style.width = `${SMALL}px`;
    const button = element("button", { title: patch.name }, canvas, element("small", { textContent: patch.value }));
    button.setAttribute("aria-label", patch.name);
    button.onclick = () => this.choose({ image: patch.image, place: null });
    return button;
  }
}

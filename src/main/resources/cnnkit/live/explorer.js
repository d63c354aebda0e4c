// A learner's network opened up: all layers with their maps; one value, the window that made it, and where it goes on to.
// Java sends levels of colour and texts; what is drawn here is never computed here.
import { bytes } from "./bytes.js";
import { element, filled } from "./elements.js";
import { bringInSight } from "./in-sight.js";
import { GAP, cellAt, paint } from "./maps.js";

const STRIP = 580; // px, the width of a layer's maps
const LARGE = 260; // px, a side of the chosen map
const MOVES = {
  ArrowUp: ["row", -1],
  ArrowDown: ["row", 1],
  ArrowLeft: ["column", -1],
  ArrowRight: ["column", 1],
  PageUp: ["map", -1],
  PageDown: ["map", 1],
};

/** Fills a panel: asks for all layers, then for one unit at a time. */
export async function explorer(root, ask) {
  const view = new ExplorerView(root, ask);
  await view.open();
}

/** How many maps stand side by side, and how large a cell is on the screen. */
export function layout({ maps, height, width }) {
  const zoom = maps === 1 && height < 4 ? 9 : Math.max(1, Math.round(26 / Math.max(height, width)));
  const columns = Math.max(1, Math.min(maps, Math.floor(STRIP / ((width + GAP) * zoom))));
  return { columns, rows: Math.ceil(maps / columns), zoom };
}

class ExplorerView {
  constructor(root, ask) {
    this.root = root;
    this.ask = ask;
    this.view = 0;
  }

  async open() {
    const { view } = this;
    const answer = await this.ask({ what: "open", once: true, view });
    const begin = this.unit || answer.start;
    this.words = answer.words;
    this.state = answer.state;
    this.sheets = answer.sheets;
    this.scales = Object.fromEntries(Object.entries(answer.scales).map(([name, colors]) => [name, bytes(colors)]));
    this.parts = { unit: element("div", { className: "unit" }), grids: element("div", { className: "unit" }) };
    const scrolled = this.root.querySelector(".layers")?.scrollTop || 0;
    const inViews = this.root.querySelector(".views")?.contains(document.activeElement);
    this.root.replaceChildren(this.views(answer.views), this.layers(answer.said), this.controls(), this.parts.unit, this.parts.grids);
    this.root.querySelector(".layers").scrollTop = scrolled;
    if (inViews) this.root.querySelector(".views :checked").focus();
    await this.choose(begin, true);
  }

  // If two are compared: the first, the second, or the difference.

  views(names) {
    this.viewsName ||= `view-${Math.random()}`; // radio buttons of one panel belong together
    const choices = names.map((name, view) => {
      const input = element("input", { type: "radio", name: this.viewsName, checked: view === this.view });
      input.onchange = () => {
        this.view = view;
        this.open();
      };
      return element("label", {}, input, ` ${name}`);
    });
    const group = element("div", { className: "controls views" }, ...choices);
    group.setAttribute("role", "radiogroup");
    return names.length ? group : "";
  }

  // All layers, one below the other.

  layers(said) {
    const list = element("div", { className: "layers" });
    this.strips = this.sheets.map((sheet, number) => {
      const strip = this.strip(sheet, number);
      list.append(strip.line);
      return strip;
    });
    return element("div", {}, element("p", { textContent: this.words.layers }), list, element("p", {}, element("b", { textContent: said })));
  }

  strip(sheet, number) {
    const { columns, rows, zoom } = layout({ ...sheet, maps: sheet.shown });
    const canvas = element("canvas");
    paint(canvas, sheet, sheet.shown, columns, bytes(sheet.cells), this.scales[sheet.scale]);
    canvas.style.width = `${canvas.width * zoom}px`;
    canvas.style.height = `${canvas.height * zoom}px`;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `${sheet.name} ${sheet.size}, ${sheet.limits}`);
    canvas.onclick = (event) => {
      const cell = cellAt(sheet, columns, event.offsetX / zoom, event.offsetY / zoom);
      if (cell) this.choose({ sheet: number, ...cell });
    };
    const stage = element("div", { className: "stage" }, canvas);
    const part = sheet.shown < sheet.maps ? `, ${filled(this.words.firstOf, sheet.shown, sheet.maps)}` : "";
    const name = element("div", {}, element("b", { textContent: sheet.name }));
    name.append(element("small", { textContent: `${sheet.kind} ${sheet.size}${part}` }), element("small", { textContent: sheet.limits }));
    return { line: element("div", { className: "layer" }, name, stage), stage, columns, rows };
  }

  /** A frame around some cells of a map of a strip; null if the map is not shown. */
  mark(number, map, top, left, height, width, color) {
    const sheet = this.sheets[number];
    const { stage, columns, rows } = this.strips[number];
    if (map >= sheet.shown) return null;
    const across = columns * (sheet.width + GAP) - GAP;
    const down = rows * (sheet.height + GAP) - GAP;
    const x = (map % columns) * (sheet.width + GAP) + Math.max(0, left);
    const y = Math.floor(map / columns) * (sheet.height + GAP) + Math.max(0, top);
    const box = element("div", { className: `box ${color}` });
    box.style.left = `${(100 * x) / across}%`;
    box.style.top = `${(100 * y) / down}%`;
    box.style.width = `${(100 * (Math.min(sheet.width, left + width) - Math.max(0, left))) / across}%`;
    box.style.height = `${(100 * (Math.min(sheet.height, top + height) - Math.max(0, top))) / down}%`;
    stage.append(box);
    return box;
  }

  // The unit that is looked at: chosen by the pointer, by numbers, or by arrow keys.

  controls() {
    const number = (name) => {
      const input = element("input", { type: "number", min: 0, name });
      input.oninput = () => input.value !== "" && this.choose({ ...this.unit, [name]: Number(input.value) });
      input.onchange = () => (input.value = this.unit[name] ?? input.value); // what is shown, not what cannot be
      return input;
    };
    const select = element("select", { name: "sheet" }, ...this.sheets.map(({ name }, i) => element("option", { value: i, textContent: name })));
    select.oninput = () => this.choose({ sheet: Number(select.value), map: 0, row: 0, column: 0 });
    this.fields = { sheet: select, map: number("map"), row: number("row"), column: number("column"), channel: number("channel") };
    const labels = { sheet: this.words.layer, ...this.words };
    return element(
      "div",
      { className: "controls" },
      ...Object.entries(this.fields).map(([name, field]) => element("label", {}, `${labels[name]} `, field)),
    );
  }

  async choose({ sheet, map, row, column, channel }, opened = false) {
    const within = (value, count) => Math.max(0, Math.min(count - 1, Math.trunc(value) || 0));
    const { maps, height, width } = this.sheets[sheet];
    this.unit = { sheet, map: within(map, maps), row: within(row, height), column: within(column, width) };
    const answer = await this.ask({ what: "unit", view: this.view, ...this.unit, ...(channel >= 0 && { channel }) });
    if (answer.state !== this.state && !opened) await this.open(); // the network has learned since: other maps
    else this.show(answer); // also of a layer that gives other maps each time
  }

  show(answer) {
    const { sheet, map, row, column } = answer; // this.unit may be further on already
    this.fillFields(answer);
    for (const box of this.root.querySelectorAll(".layers .box")) box.remove();
    this.strips.forEach(({ line }, i) => line.classList.toggle("chosen", i === sheet));
    if (answer.image) this.mark(0, 0, answer.image.top, answer.image.left, answer.image.height, answer.image.width, "blue");
    for (const { source, columns, texts } of answer.grids) {
      if (source) this.mark(source.sheet, source.map, source.top, source.left, texts.length / columns, columns, "blue");
    }
    const { line } = this.strips[sheet];
    bringInSight(line.parentElement, this.mark(sheet, map, row, column, 1, 1, "") || line);
    const focused = this.parts.unit.contains(document.activeElement);
    this.parts.unit.replaceChildren(this.large(answer), this.story(answer));
    this.parts.grids.replaceChildren(...answer.grids.map((grid) => this.grid(grid)));
    if (focused) this.parts.unit.querySelector("canvas").focus();
  }

  fillFields({ sheet, map, row, column, channel }) {
    const { maps, height, width } = this.sheets[sheet];
    const set = (field, value, count) => {
      if (field !== document.activeElement) field.value = value;
      field.max = count - 1;
      field.disabled = count === 1;
    };
    this.fields.sheet.value = sheet;
    set(this.fields.map, map, maps);
    set(this.fields.row, row, height);
    set(this.fields.column, column, width);
    this.fields.channel.parentElement.hidden = !channel;
    if (channel) {
      set(this.fields.channel, channel.shown, channel.first + channel.count);
      this.fields.channel.min = channel.first;
    }
  }

  large({ sheet: number, cells, place, row, column }) {
    const sheet = this.sheets[number];
    const canvas = element("canvas", { tabIndex: 0, title: this.words.keys });
    const zoom = Math.max(1, Math.min(24, Math.floor(LARGE / Math.max(sheet.height, sheet.width))));
    paint(canvas, sheet, 1, 1, bytes(cells), this.scales[sheet.scale]);
    canvas.style.width = `${sheet.width * zoom}px`;
    canvas.style.height = `${sheet.height * zoom}px`;
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", `${place}. ${this.words.keys}`);
    const at = (event) => ({ row: Math.floor(event.offsetY / zoom), column: Math.floor(event.offsetX / zoom) });
    canvas.onclick = (event) => {
      canvas.focus();
      this.choose({ ...this.unit, ...at(event) });
    };
    canvas.onkeydown = (event) => this.key(event);
    const box = element("div", { className: "box" });
    box.style.cssText = `left:${column * zoom}px;top:${row * zoom}px;width:${zoom + 2}px;height:${zoom + 2}px`;
    return element("div", { className: "stage" }, canvas, box);
  }

  key(event) {
    const [name, by] = MOVES[event.key] || [];
    if (!name) return;
    event.preventDefault();
    this.choose({ ...this.unit, [name]: this.unit[name] + by });
  }

  story({ place, value, lines, steps }) {
    const text = element("div", {}, element("p", { className: "value", textContent: filled(this.words.is, place, value) }));
    text.setAttribute("aria-live", "polite");
    text.append(...lines.map((line) => element("p", { textContent: line })));
    const links = element("div", { className: "steps" }, ...steps.map((step) => this.step(step)));
    return element("div", { className: "story" }, text, links);
  }

  step(step) {
    const words = step.kind === "term" ? filled(this.words.is, step.place, step.text) : filled(this.words[step.kind], step.place);
    return element("button", { textContent: words, onclick: () => this.choose(step) });
  }

  grid({ title, columns, texts, levels, scale, source, best }) {
    const table = element("table", {}, element("caption", { textContent: title }));
    const colors = this.scales[scale];
    bytes(levels).forEach((level, i) => {
      if (i % columns === 0) table.insertRow();
      const [red, green, blue] = colors.subarray(3 * level);
      const cell = table.rows[table.rows.length - 1].insertCell();
      cell.textContent = texts[i];
      cell.style.background = `rgb(${red} ${green} ${blue})`;
      cell.style.color = 0.299 * red + 0.587 * green + 0.114 * blue > 127 ? "#000" : "#fff";
      cell.classList.toggle("best", i === best);
      if (source && texts[i]) {
        cell.className += " way";
        const [row, column] = [source.top + Math.floor(i / columns), source.left + (i % columns)];
        cell.onclick = () => this.choose({ sheet: source.sheet, map: source.map, row, column });
      }
    });
    return table;
  }
}

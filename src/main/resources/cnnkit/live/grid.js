// Numbers in coloured cells: to walk through with the arrow keys, to write into.
import { element } from "./elements.js";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const POWERS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** About three significant digits, as figures write them: 0, 12, 0.05, −1.25, 432,100, 1.2·10⁻⁵; ? for NaN. */
export function numberText(value) {
  const size = Math.abs(value);
  const sign = value < 0 ? "−" : "";
  if (Number.isNaN(value)) return "?";
  if (size === Infinity) return `${sign}∞`;
  if (size >= 1e7 || (size > 0 && size < 1e-3)) return sign + scientific(size);
  const decimals = Number.isInteger(size) || size >= 100 ? 0 : size >= 10 ? 1 : 2 - Math.min(0, Math.floor(Math.log10(size)));
  const [whole, part] = size.toFixed(decimals).split(".");
  const digits = (part || "").replace(/0+$/, "");
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, ",") + (digits && `.${digits}`);
}

function scientific(size) {
  const [factor, exponent] = size.toExponential(1).replace(".0", "").split("e");
  const power = `10${exponent < 0 ? "⁻" : ""}${[...exponent.slice(1)].map((digit) => POWERS[digit]).join("")}`;
  return factor === "1" ? power : `${factor}·${power}`;
}

/** The colour of a value between two limits, between colours of a list such as #ffffff; beyond the limits that of the limit. */
export function colorOf(value, colors, low, high) {
  if (!Number.isFinite(value)) return "#ff00ff";
  const share = high > low ? (value - low) / (high - low) : 0.5;
  const place = Math.max(0, Math.min(1, share)) * (colors.length - 1);
  const below = channels(colors[Math.floor(place)]);
  const above = channels(colors[Math.ceil(place)]);
  const mixed = below.map((from, i) => Math.round(from + (above[i] - from) * (place % 1)));
  return `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function channels(color) {
  return [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16));
}

/** The colours of signed numbers: zero in the middle. */
export function signed(values, colors) {
  const most = Math.max(...Array.from(values, Math.abs).filter(Number.isFinite), 1e-9);
  return (value) => colorOf(value, colors, -most, most);
}

function inkOn(color) {
  const [red, green, blue] = channels(color);
  return 0.299 * red + 0.587 * green + 0.114 * blue > 127.5 ? "#000" : "#fff";
}

/** What somebody wrote, as a float; NaN if it is no number. */
export function written(text) {
  const plain = text.trim().replace("−", "-");
  return /^[-+.e\d]+$/i.test(plain) ? Math.fround(Number(plain)) : NaN;
}

/** Lets one walk through an element with the arrow keys: step(down, right). */
export function walk(target, words, step) {
  Object.assign(target, { tabIndex: 0, title: words, role: "application" });
  target.onkeydown = (event) => {
    const way = STEPS[event.key];
    if (!way) return;
    event.preventDefault();
    step(...way);
  };
}

/** A table of numbers. step(down, right) is called for an arrow key; edit(row, column, value) when somebody has written a number. */
export class Grid {
  constructor(title, { words = "", step, edit } = {}) {
    Object.assign(this, { title, words, edit, cells: [], marks: {} });
    this.table = element("table", { className: "grid" }, element("caption", { textContent: title }));
    this.table.ariaLabel = `${title}. ${words}`;
    if (step) walk(this.table, words, step);
  }

  /** Fills it: content(row, column) gives text, color and, if wanted, name, a class of the cell. */
  show(rows, columns, content) {
    if (rows * columns !== this.cells.length || columns !== this.columns) this.build(rows, columns);
    this.marks = {};
    this.cells.forEach((cell, i) => {
      const { text, color, name = "" } = content(Math.floor(i / columns), i % columns);
      cell.className = name;
      cell.style.background = color;
      cell.style.color = color ? inkOn(color) : "";
      const field = this.edit && cell.firstChild;
      if (!field) cell.textContent = text;
      else if (field !== document.activeElement) field.value = text;
      else this.counts = text;
    });
  }

  build(rows, columns) {
    this.columns = columns;
    this.table.tBodies[0]?.remove();
    const body = this.table.createTBody();
    this.cells = [];
    for (let row = 0; row < rows; row++) {
      const line = body.insertRow();
      for (let column = 0; column < columns; column++) this.cells.push(line.insertCell());
    }
    if (this.edit) this.cells.forEach((cell, i) => cell.append(this.field(Math.floor(i / columns), i % columns)));
  }

  field(row, column) {
    const field = element("input", { inputMode: "decimal", autocomplete: "off", ariaLabel: `${this.title} ${row}, ${column}` });
    const take = () => {
      const value = written(field.value);
      field.setCustomValidity(Number.isNaN(value) ? this.words : "");
      if (!Number.isNaN(value)) this.edit(row, column, value);
    };
    field.oninput = take;
    field.onfocus = () => {
      this.counts = field.value;
      field.select();
    };
    field.onblur = () => {
      field.value = this.counts; // whatever was written last
      field.setCustomValidity("");
    };
    field.onkeydown = (event) => {
      if (event.key === "Enter") field.reportValidity();
      const [up] = STEPS[event.key] || [0];
      if (up === 0) return;
      event.preventDefault();
      field.value = String((written(field.value) || 0) - up);
      take();
    };
    return field;
  }

  /** Gives some cells, by number, a class of their own, and takes it from those that had it. */
  mark(name, numbers) {
    for (const i of this.marks[name] || []) this.cells[i]?.classList.remove(name);
    for (const i of numbers) this.cells[i]?.classList.add(name);
    this.marks[name] = numbers;
  }
}

/** A paragraph that is read aloud when it changes. */
export function spoken() {
  return element("div", { className: "story", ariaLive: "polite" });
}

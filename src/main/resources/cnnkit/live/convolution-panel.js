// A window that slides over an input: products, sum, and how many places there are, for any filter, stride and padding.
import { element, filled } from "./elements.js";
import { colorOf, Grid, numberText, signed, spoken } from "./grid.js";
import { pointing } from "./pointing.js";
import { positions, rectangle } from "./positions.js";
import { sliders } from "./sliders.js";
import { windowSum } from "./window-sum.js";

/** Fills a panel; x and filter are {height, width, values}. */
export function convolutionPanel(root, data) {
  new ConvolutionView(data).build(root);
}

/** Of each row of an input whether any window reads it. */
export function readRows(size, kernel, stride, padding, count) {
  const read = new Array(size).fill(false);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < kernel; k++) if (i * stride - padding + k < size) read[i * stride - padding + k] = true;
  }
  return read.slice(0, size);
}

class ConvolutionView {
  constructor({ x, filter, colors, words }) {
    Object.assign(this, { x, filter, colors, words });
    this.state = { S: 1, P: 0, remainder: "STRICT" };
    this.at = { oy: 0, ox: 0 };
  }

  build(root) {
    const { words, state } = this;
    const step = (down, right) => this.move(this.at.oy + down, this.at.ox + right);
    this.input = new Grid(words.input, { words: words.keys, step });
    pointing(this.input, (row, column) => this.centre(row, column), true);
    const edit = (row, column, value) => {
      this.filter.values[row * this.filter.width + column] = value;
      this.show();
    };
    this.weights = new Grid(words.filter, { words: words.edit, edit });
    this.products = new Grid(words.products);
    this.output = new Grid(words.output, { words: words.keys, step });
    pointing(this.output, (row, column) => this.move(row, column));
    this.story = spoken();
    const show = () => this.show();
    const controls = sliders(state, [["S", words.stride, 1, 4], ["P", words.padding, 0, 2]], show);
    controls.append(this.remainders(show), this.button("◀", words.back, -1), this.button("▶", words.forth, 1));
    const grids = [this.input, this.weights, this.products, this.output].map((grid) => grid.table);
    root.append(controls, element("div", { className: "unit" }, ...grids), this.story);
    this.show();
  }

  remainders(change) {
    const names = "STRICT FLOOR CEIL".split(" ").map((name) => element("option", { textContent: name }));
    const select = element("select", { name: "remainder" }, ...names);
    select.onchange = () => {
      this.state.remainder = select.value;
      change();
    };
    return element("label", {}, `${this.words.remainder} `, select);
  }

  button(sign, label, by) {
    const button = element("button", { textContent: sign, title: label, ariaLabel: label });
    button.onclick = () => {
      const { OH, OW } = this.size();
      const place = (this.at.oy * OW + this.at.ox + by + OH * OW) % (OH * OW);
      this.move(Math.floor(place / OW), place % OW);
    };
    return button;
  }

  size() {
    const { S, P, remainder } = this.state;
    const [down, across] = ["height", "width"].map((side) => {
      const [size, kernel] = [this.x[side], this.filter[side]];
      const axis = positions(size, kernel, S, P, remainder);
      return { ...axis, read: readRows(size, kernel, S, P, axis.count) };
    });
    const both = down.count > 0 && across.count > 0;
    return { down, across, OH: both ? down.count : 0, OW: both ? across.count : 0 };
  }

  /** The window whose middle is nearest to a cell of the input with its padding. */
  centre(row, column) {
    const near = (i, kernel) => Math.round((i - (kernel - 1) / 2) / this.state.S);
    this.move(near(row, this.filter.height), near(column, this.filter.width));
  }

  move(oy, ox) {
    this.at = { oy, ox };
    this.show();
  }

  show() {
    const { x, filter, state } = this;
    const size = this.size();
    const within = (value, count) => Math.max(0, Math.min(count - 1, value)) || 0;
    this.at = { oy: within(this.at.oy, size.OH), ox: within(this.at.ox, size.OW) };
    const [top, left] = [this.at.oy * state.S, this.at.ox * state.S]; // in the input with its padding
    const here = windowSum(x, filter, top - state.P, left - state.P);
    const outputs = Array.from({ length: size.OH * size.OW }, (_, i) => {
      return windowSum(x, filter, Math.floor(i / size.OW) * state.S - state.P, (i % size.OW) * state.S - state.P).sum;
    });
    this.showInput(size, top, left);
    const weight = signed(filter.values, this.colors.weights);
    this.weights.show(filter.height, filter.width, (row, column) => {
      const value = filter.values[row * filter.width + column];
      return { text: numberText(value), color: weight(value) };
    });
    const result = signed(outputs, this.colors.signed);
    this.products.show(filter.height, filter.width, (row, column) => {
      const { product } = here.terms[row * filter.width + column];
      return size.OH ? { text: numberText(product), color: result(product) } : { text: "", color: "" };
    });
    this.output.show(size.OH, size.OW, (row, column) => {
      const value = outputs[row * size.OW + column];
      return { text: numberText(value), color: result(value) };
    });
    this.output.mark("at", size.OH ? [this.at.oy * size.OW + this.at.ox] : []);
    this.story.replaceChildren(...this.lines(size, here).map((line) => element("p", { textContent: line })));
  }

  showInput({ down, across, OH, OW }, top, left) {
    const { x, filter } = this;
    const { S, P } = this.state;
    const side = (size, kernel, count) => Math.max(size + 2 * P, (count - 1) * S + kernel);
    const [rows, columns] = [side(x.height, filter.height, OH), side(x.width, filter.width, OW)];
    const some = x.values.filter(Number.isFinite);
    const [low, high] = [Math.min(0, ...some), Math.max(1, ...some)];
    this.input.show(rows, columns, (row, column) => {
      const [y, w] = [row - P, column - P];
      if (y < 0 || y >= x.height || w < 0 || w >= x.width) return { text: "0", color: "", name: "padding" };
      const value = x.values[y * x.width + w];
      const name = OH === 0 || (down.read[y] && across.read[w]) ? "" : "unread";
      return { text: numberText(value), color: colorOf(value, this.colors.pixels, low, high), name };
    });
    const window = { top, left, height: filter.height, width: filter.width };
    this.input.mark("window", OH > 0 ? rectangle(window, rows, columns) : []);
  }

  /** What is multiplied and added, and how many places there are. */
  lines({ down, across, OH }, { terms, sum }) {
    const { words } = this;
    const square = this.x.height === this.x.width && this.filter.height === this.filter.width;
    const sizes = [this.formula("H", this.x.height, this.filter.height, down)];
    if (!square) sizes.push(this.formula("W", this.x.width, this.filter.width, across));
    const left = Math.max(down.left, across.left);
    const over = Math.max(down.over, across.over);
    const isRead = [...down.read, ...across.read].every(Boolean);
    const outcome = over > 0 ? "CEIL" : OH === 0 ? "STRICT" : isRead ? "all" : "FLOOR";
    if (left > 0) sizes.push(filled(words[outcome], left, over));
    if (OH === 0) return Math.min(down.room, across.room) < 0 ? [...sizes, words.nowhere] : sizes;
    const bracketed = (value) => (value < 0 ? `(${numberText(value)})` : numberText(value));
    const products = terms.map(({ value, weight }) => `${bracketed(value)}·${bracketed(weight)}`).join(" + ");
    return [`${filled(words.place, this.at.oy, this.at.ox)} = ${products} = ${numberText(sum)}`, ...sizes];
  }

  formula(axis, size, kernel, { room, left, count }) {
    const { S, P } = this.state;
    const result = room < 0 ? "" : left === 0 ? ` = ${count}` : ` = ${(room - left) / S + 1} + ${left}/${S}`;
    const outcome = left > 0 && count > 0 ? ` → ${count}` : "";
    return `O${axis} = (${axis} + 2·P − F${axis}) / S + 1 = (${size} + 2·${P} − ${kernel}) / ${S} + 1${result}${outcome}`;
  }
}

// What a pixel's gradient is made of: point at a pixel, and see the windows that send it something, the terms, and the sum.
import { element, filled } from "./elements.js";
import { float } from "./fma.js";
import { Grid, numberText, spoken, signed } from "./grid.js";
import { pointing } from "./pointing.js";
import { sliders } from "./sliders.js";

/** Fills a panel; filter and dout are {height, width, values}. */
export function backwardPanel(root, data) {
  new BackwardView(data).build(root);
}

/** What a pixel gets on the way back: for each window that sees it the weight it met times dout; and their sum. */
export function pixelGradient(filter, dout, stride, y, x) {
  const terms = [];
  let sum = 0;
  for (let i = 0; i < dout.values.length; i++) {
    const [oy, ox] = [Math.floor(i / dout.width), i % dout.width];
    const [ky, kx] = [y - oy * stride, x - ox * stride];
    if (ky < 0 || ky >= filter.height || kx < 0 || kx >= filter.width) continue;
    const [weight, gradient] = [filter.values[ky * filter.width + kx], dout.values[i]];
    sum = float(sum + float(weight * gradient));
    terms.push({ oy, ox, ky, kx, weight, gradient });
  }
  return { terms, sum };
}

/** ① for 0, and on to ㉕. */
function circled(n) {
  return String.fromCodePoint(n < 20 ? 0x2460 + n : 0x3251 + n - 20);
}

/** Numbers some cells of a grid, and no others. */
function numberCells(grid, cells) {
  for (const cell of grid.cells) delete cell.dataset.term;
  cells.forEach((i, n) => (grid.cells[i].dataset.term = circled(n)));
}

class BackwardView {
  constructor({ filter, dout, colors, words }) {
    Object.assign(this, { filter, dout, colors, words, state: { S: 1 } });
  }

  build(root) {
    const { words, filter, dout } = this;
    this.at = { y: filter.height >> 1, x: filter.width >> 1 }; // as in the still picture
    const editor = (title, matrix) => {
      const edit = (row, column, value) => {
        matrix.values[row * matrix.width + column] = value;
        this.show();
      };
      return new Grid(title, { words: words.edit, edit });
    };
    this.weights = editor(`${words.filter} W`, filter);
    this.gradients = editor("dout", dout);
    const step = (down, right) => this.look(this.at.y + down, this.at.x + right);
    this.pixels = new Grid("dx", { words: words.keys, step });
    pointing(this.pixels, (y, x) => this.look(y, x));
    this.story = spoken();
    const grids = [this.weights, this.gradients, this.pixels].map((grid) => grid.table);
    const controls = sliders(this.state, [["S", words.stride, 1, 3]], () => this.show());
    root.append(words.point, controls, element("div", { className: "unit" }, ...grids), this.story);
    this.show();
  }

  look(y, x) {
    this.at = { y, x };
    this.show();
  }

  show() {
    const { filter, dout, state, colors } = this;
    const [H, W] = ["height", "width"].map((side) => (dout[side] - 1) * state.S + filter[side]);
    const within = (value, count) => Math.max(0, Math.min(count - 1, value));
    const at = { y: within(this.at.y, H), x: within(this.at.x, W) };
    this.at = at;
    const sums = Array.from({ length: H * W }, (_, i) => pixelGradient(filter, dout, state.S, Math.floor(i / W), i % W).sum);
    const fill = (grid, height, width, values, scale) => {
      const color = signed(values, scale);
      grid.show(height, width, (row, column) => {
        const value = values[row * width + column];
        return { text: numberText(value), color: color(value) };
      });
    };
    fill(this.pixels, H, W, sums, colors.signed);
    fill(this.weights, filter.height, filter.width, filter.values, colors.weights);
    fill(this.gradients, dout.height, dout.width, dout.values, colors.signed);
    const { terms, sum } = pixelGradient(filter, dout, state.S, at.y, at.x);
    this.pixels.mark("at", [at.y * W + at.x]);
    this.pixels.mark("window", this.seenWith(terms, W));
    for (const [grid, cells] of [
      [this.weights, terms.map(({ ky, kx }) => ky * filter.width + kx)],
      [this.gradients, terms.map(({ oy, ox }) => oy * dout.width + ox)],
    ]) {
      grid.mark("window", cells);
      numberCells(grid, cells); // which weight meets which gradient
    }
    this.say(terms, sum);
  }

  /** All pixels of the windows that see the chosen one. */
  seenWith(terms, W) {
    const { filter, state } = this;
    return terms.flatMap(({ oy, ox }) =>
      filter.values.map((_, i) => (oy * state.S + Math.floor(i / filter.width)) * W + ox * state.S + (i % filter.width)),
    );
  }

  say(terms, sum) {
    const { y, x } = this.at;
    const bracketed = (value) => (value < 0 ? `(${numberText(value)})` : numberText(value));
    const names = terms.map(({ oy, ox, ky, kx }, i) => `${circled(i)} W[${ky}][${kx}]·dout[${oy}][${ox}]`).join(" + ");
    const numbers = terms.map(({ weight, gradient }) => `${bracketed(weight)}·${bracketed(gradient)}`).join(" + ");
    const whole = [`dx[${y}][${x}]`, ...(terms.length ? [names, numbers] : []), numberText(sum)].join(" = ");
    const lines = [filled(this.words.windows, y, x, terms.length), whole];
    this.story.replaceChildren(...lines.map((line) => element("p", { textContent: line })));
  }
}

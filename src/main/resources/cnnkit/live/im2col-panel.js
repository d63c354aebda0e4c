// Where a pixel goes when windows become rows: point at a cell of the matrix or at a pixel, and see both ways.
import { element, filled } from "./elements.js";
import { colorOf, Grid, numberText, spoken } from "./grid.js";
import { bringInSight } from "./in-sight.js";
import { pointing } from "./pointing.js";
import { positions, rectangle } from "./positions.js";
import { sliders } from "./sliders.js";

/** Fills a panel; geometry is {H, W, F, S, P, C}. Each pixel holds its number in memory, so that one knows it again. */
export function im2colPanel(root, data) {
  new Im2colView(data).build(root);
}

/** A geometry with OH and OW; null if there is no window. What the stride leaves over is not read. */
export function measured({ H, W, F, S, P, C }) {
  const [OH, OW] = [H, W].map((size) => positions(size, F, S, P, "FLOOR").count);
  return OH > 0 && OW > 0 ? { H, W, F, S, P, C, OH, OW } : null;
}

/** Which pixel a cell of the matrix holds, and the steps on the way. */
export function pixelOf({ H, W, F, S, P, OW }, row, column) {
  const [oy, ox] = [Math.floor(row / OW), row % OW];
  const [c, ky, kx] = [Math.floor(column / (F * F)), Math.floor(column / F) % F, column % F];
  const [y, x] = [oy * S + ky - P, ox * S + kx - P];
  return { oy, ox, c, ky, kx, y, x, inside: y >= 0 && y < H && x >= 0 && x < W };
}

/** All cells of the matrix that hold a pixel, row by row: {row, column}. */
export function copiesOf({ F, S, P, OH, OW }, c, y, x) {
  const cells = [];
  for (let row = 0; row < OH * OW; row++) {
    const [ky, kx] = [y + P - Math.floor(row / OW) * S, x + P - (row % OW) * S];
    if (ky >= 0 && ky < F && kx >= 0 && kx < F) cells.push({ row, column: (c * F + ky) * F + kx });
  }
  return cells;
}

class Im2colView {
  constructor({ geometry, colors, words }) {
    Object.assign(this, { state: { ...geometry }, colors, words });
  }

  build(root) {
    const names = [["H", 2, 8], ["W", 2, 8], ["F", 1, 4], ["S", 1, 3], ["P", 0, 2], ["C", 1, 3]];
    const lines = names.map(([name, least, most]) => [name, `${this.words[name]} ${name}`, least, most]);
    this.parts = element("div", { className: "unit" });
    this.story = spoken();
    root.append(sliders(this.state, lines, () => this.open()), this.parts, this.story);
    this.open();
  }

  /** Another geometry: another image, and another matrix. */
  open() {
    this.size = measured(this.state);
    this.parts.replaceChildren();
    if (!this.size) {
      this.say([this.words.nowhere]);
      return;
    }
    const { H, W, F, P, C, OH, OW } = this.size;
    const { words } = this;
    const color = (value) => colorOf(value, this.colors, 0, C * H * W - 1);
    this.images = Array.from({ length: C }, (_, c) => {
      const step = (down, right) => this.pixel(c, this.at.y + down, this.at.x + right);
      const image = new Grid(filled(words.image, c), { words: words.keys, step });
      pointing(image, (y, x) => this.pixel(c, y - P, x - P));
      image.show(H + 2 * P, W + 2 * P, (row, column) => {
        const [y, x] = [row - P, column - P];
        const number = (c * H + y) * W + x;
        return y >= 0 && y < H && x >= 0 && x < W ? { text: number, color: color(number) } : { text: 0, color: "", name: "padding" };
      });
      return image;
    });
    const step = (down, right) => this.cell(this.at.row + down, this.at.column + right);
    this.matrix = new Grid(`${words.matrix} ${OH * OW} × ${C * F * F}`, { words: words.keys, step });
    pointing(this.matrix, (row, column) => this.cell(row, column));
    this.matrix.show(OH * OW, C * F * F, (row, column) => {
      const { c, y, x, inside } = pixelOf(this.size, row, column);
      const number = (c * H + y) * W + x;
      return inside ? { text: number, color: color(number) } : { text: 0, color: "", name: "padding" };
    });
    this.frame = element("div", { className: "scroll" }, this.matrix.table);
    this.parts.append(element("div", { className: "unit" }, ...this.images.map((image) => image.table)), this.frame);
    this.pixel(0, Math.floor(H / 2), Math.floor(W / 2));
  }

  /** Looks at a cell of the matrix: its row is one window. */
  cell(row, column) {
    const { F, C, OH, OW } = this.size;
    const within = (value, count) => Math.max(0, Math.min(count - 1, value));
    this.show(within(row, OH * OW), within(column, C * F * F));
  }

  /** Looks at a pixel: at the first of its copies, and at all others. */
  pixel(c, y, x) {
    const { H, W } = this.size;
    if (y < 0 || y >= H || x < 0 || x >= W) return; // the padding
    const [first] = copiesOf(this.size, c, y, x);
    if (first) this.show(first.row, first.column);
    else this.unread(c, y, x);
  }

  show(row, column) {
    const { size, words } = this;
    const { H, W, F, S, P } = size;
    const here = pixelOf(size, row, column);
    const { oy, ox, c, ky, kx, y, x, inside } = here;
    this.at = { ...here, row, column };
    const copies = inside ? copiesOf(size, c, y, x) : [];
    this.mark(c, y, x, copies);
    const [rows, columns] = [H + 2 * P, W + 2 * P];
    const window = rectangle({ top: oy * S, left: ox * S, height: F, width: F }, rows, columns);
    for (const image of this.images) image.mark("window", window);
    const across = this.matrix.columns;
    this.matrix.mark("window", Array.from({ length: across }, (_, i) => row * across + i));
    this.matrix.mark("at", [row * across + column]);
    bringInSight(this.frame, this.matrix.cells[row * across + column]);
    const value = inside ? numberText((c * H + y) * W + x) : `0 (${words.padding})`;
    this.say([
      this.copied(copies),
      `${words.row} ${row} = oy·OW + ox: oy = ${row} / ${size.OW} = ${oy}, ox = ${row} % ${size.OW} = ${ox}`,
      `${words.column} ${column} = (c·F + ky)·F + kx: c = ${c}, ky = ${ky}, kx = ${kx}`,
      `x[c][oy·S + ky − P][ox·S + kx − P] = x[${c}][${oy}·${S} + ${ky} − ${P}][${ox}·${S} + ${kx} − ${P}] = x[${c}][${y}][${x}] = ${value}`,
    ]);
  }

  /** A pixel that the stride leaves out. */
  unread(c, y, x) {
    this.at = { ...this.at, y, x };
    this.mark(c, y, x, []);
    for (const grid of [...this.images, this.matrix]) grid.mark("window", []);
    this.matrix.mark("at", []);
    this.say([this.copied([])]);
  }

  /** How many copies, and where. */
  copied(copies) {
    const places = copies.map(({ row, column }) => `(${row}, ${column})`).join(" ");
    return filled(this.words.copies, copies.length) + (places && filled(this.words.places, places));
  }

  mark(c, y, x, copies) {
    const { W, P } = this.size;
    this.images.forEach((image, i) => image.mark("at", i === c ? [(y + P) * (W + 2 * P) + x + P] : []));
    this.matrix.mark("copy", copies.map(({ row, column }) => row * this.matrix.columns + column));
  }

  say(lines) {
    this.story.replaceChildren(...lines.map((line) => element("p", { textContent: line })));
  }
}

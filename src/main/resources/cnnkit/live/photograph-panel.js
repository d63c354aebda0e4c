// A filter over a photograph: write other numbers into it, and see at once what comes out, and from which nine pixels.
import { bytes } from "./bytes.js";
import { element, filled } from "./elements.js";
import { float } from "./fma.js";
import { colorOf, Grid, numberText, signed, spoken, walk } from "./grid.js";
import { windowSum } from "./window-sum.js";

const ZOOM = 5; // px on the screen, a pixel of the photograph

/** Fills a panel; first is the number of the filter to begin with, at the place where the window begins. */
export async function photographPanel(root, { picture, filters, first, at, colors, words }) {
  const x = { ...picture, values: await unpacked(picture.values) };
  const filter = { height: 3, width: 3, values: [] };
  const own = filters.push({ name: words.own }) - 1; // at first as the one before
  const grey = (value) => colorOf(value, colors.pixels, 0, 1);
  const photograph = framed(x, words.shows, (row, column) => move(row - 1, column - 1)); // the middle of the window
  const output = framed({ height: x.height - 2, width: x.width - 2 }, `${words.output}. ${words.keys}`, move);
  const edit = (row, column, value) => {
    filters[own].values = filter.values.map((old, i) => (i === 3 * row + column ? value : old));
    choose(own);
  };
  const names = filters.map(({ name }, value) => element("option", { value, textContent: name }));
  const select = element("select", { ariaLabel: words.filter, onchange: () => choose(Number(select.value)) }, ...names);
  const weights = new Grid(words.filter, { words: words.edit, edit });
  const [window, products] = [words.window, words.products].map((title) => new Grid(title));
  const [sum, ends] = [element("p"), element("p")];
  const bar = element("div", { style: "height:8px" });
  const story = spoken();

  /** Takes one of the filters. */
  function choose(number) {
    select.value = number;
    filter.values = filters[number].values || filter.values;
    const values = convolved(x, filter);
    const [scale, color] = isPicture(filter) ? ["pixels", grey] : ["signed", signed(values, colors.signed)];
    paint(output, values, color);
    bar.style.background = `linear-gradient(90deg,${colors[scale]})`;
    ends.textContent = filled(words[scale], ...range(values).map(numberText));
    sum.textContent = filled(words.sum, numberText(total(filter)));
    show(weights, filter.values, signed(filter.values, colors.weights));
    move(...at);
  }

  /** Looks at a place of the output, or at the nearest one. */
  function move(row, column) {
    const within = (value, size) => Math.max(0, Math.min(size - 3, value));
    at = [within(row, x.height), within(column, x.width)];
    mark(photograph, at, 3);
    mark(output, at, 1);
    const { terms, sum } = windowSum(x, filter, ...at);
    const parts = terms.map(({ product }) => product);
    show(window, terms.map(({ value }) => value), grey);
    show(products, parts, signed(parts, colors.signed));
    const added = parts.map((part) => (part < 0 ? `(${numberText(part)})` : numberText(part))).join(" + ");
    story.textContent = `${filled(words.place, ...at)} = ${added} = ${numberText(sum)}`;
  }

  walk(output.canvas, "", (down, right) => move(at[0] + down, at[1] + right));
  const line = (...parts) => element("div", { className: "unit" }, ...parts);
  const column = (...parts) => element("div", { style: "width:min-content" }, ...parts); // as wide as its picture
  root.append(
    line(column(words.shows, photograph.stage), column(select, weights.table, sum), column(words.output, output.stage, bar, ends)),
    line(window.table, products.table),
    story, // never beside them: its length changes with the place
    words.keys,
  );
  paint(photograph, x.values, grey);
  choose(first);
}

/** Pixels from 0 to 1 of what Java has packed: for each, by how many of 255 steps it is brighter than the one before. */
export async function unpacked(base64) {
  const stream = new Blob([bytes(base64)]).stream().pipeThrough(new DecompressionStream("deflate"));
  let step = 0;
  return Array.from(new Uint8Array(await new Response(stream).arrayBuffer()), (up) => float((step = (step + up) & 255) / 255));
}

/** All numbers of the output, row by row. */
export function convolved(x, filter) {
  const [OH, OW] = [x.height - filter.height + 1, x.width - filter.width + 1];
  return Array.from({ length: OH * OW }, (_, i) => windowSum(x, filter, Math.floor(i / OW), i % OW).sum);
}

/** What a filter makes of a smooth place of brightness 1. */
export function total(filter) {
  return filter.values.reduce((sum, weight) => sum + weight, 0);
}

/** Whether a smooth place stays a bright one, and the output a picture: else it is a map of edges. PhotographPanel asks so, too. */
export function isPicture(filter) {
  return total(filter) > 1e-6;
}

/** The smallest and the largest number; infinities are none. */
export function range(values) {
  const finite = values.filter(Number.isFinite);
  return finite.length > 0 ? [Math.min(...finite), Math.max(...finite)] : [0, 0];
}

/** A canvas with a frame on it; point(row, column) is called when the pointer is on a pixel. */
function framed({ height, width }, ariaLabel, point) {
  const style = `width:${ZOOM * width}px;box-shadow:0 0 0 1px var(--edge);touch-action:none`;
  const canvas = element("canvas", { height, width, role: "img", ariaLabel, style });
  canvas.onpointerdown = canvas.onpointermove = ({ offsetX, offsetY }) => point(Math.floor(offsetY / ZOOM), Math.floor(offsetX / ZOOM));
  const box = element("div", { className: "box blue" });
  return { canvas, box, stage: element("div", { className: "stage" }, canvas, box) };
}

function paint({ canvas }, values, color) {
  const pen = canvas.getContext("2d");
  values.forEach((value, i) => {
    pen.fillStyle = color(value);
    pen.fillRect(i % canvas.width, Math.floor(i / canvas.width), 1, 1);
  });
}

function mark({ box }, [row, column], side) {
  const size = ZOOM * side + 2;
  box.style = `left:${ZOOM * column}px;top:${ZOOM * row}px;width:${size}px;height:${size}px`;
}

function show(grid, values, color) {
  grid.show(3, 3, (row, column) => {
    const value = values[3 * row + column];
    return { text: numberText(value), color: color(value) };
  });
}

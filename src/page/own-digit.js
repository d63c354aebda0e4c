// A drawing, prepared as the images of MNIST were: what OwnDigit of the library does to ink without paper around it.

const BOX = 20;
const IMAGE = 28;
const CENTRE = 14;

/** The smallest rectangle around all ink; null if there is none. Ink is {height, width, values}, 0 is paper. */
export function cropped({ height, width, values }) {
  const rows = [];
  const columns = [];
  for (let i = 0; i < height * width; i++) {
    if (values[i] > 0) {
      rows.push(Math.floor(i / width));
      columns.push(i % width);
    }
  }
  if (rows.length === 0) return null;
  const extent = (places) => places.reduce(([least, most], place) => [Math.min(least, place), Math.max(most, place)], [Infinity, -1]);
  const [[top, bottom], [left, right]] = [extent(rows), extent(columns)];
  const box = { height: bottom - top + 1, width: right - left + 1 };
  const at = (i) => (top + Math.floor(i / box.width)) * width + left + (i % box.width);
  box.values = Float64Array.from({ length: box.height * box.width }, (_, i) => values[at(i)]);
  return box;
}

/** Fitted into a square: each new pixel is the mean of the area that it covers, paper beyond the edge. */
export function scaled({ height, width, values }, side) {
  const step = Math.max(height, width) / side;
  const small = { height: Math.ceil(height / step - 1e-9), width: Math.ceil(width / step - 1e-9) };
  const share = (at, pixel) => Math.max(0, Math.min(pixel + 1, at + step) - Math.max(pixel, at));
  const mean = (top, left) => {
    let sum = 0;
    for (let y = Math.floor(top); y < Math.min(height, top + step); y++) {
      for (let x = Math.floor(left); x < Math.min(width, left + step); x++) sum += share(top, y) * share(left, x) * values[y * width + x];
    }
    return sum / (step * step);
  };
  small.values = Float64Array.from({ length: small.height * small.width }, (_, i) => mean(Math.floor(i / small.width) * step, (i % small.width) * step));
  return small;
}

/** On 28 x 28, whole pixels to and fro, so that the centre of mass comes as near as can be to row 14, column 14. */
export function centred({ height, width, values }) {
  const mass = values.reduce((a, b) => a + b);
  const mean = (place) => values.reduce((sum, value, i) => sum + value * place(i), 0) / mass;
  const begin = (centre, size) => Math.max(0, Math.min(IMAGE - size, Math.round(CENTRE - centre)));
  const top = begin(mean((i) => Math.floor(i / width)), height);
  const left = begin(mean((i) => i % width), width);
  const most = values.reduce((a, b) => Math.max(a, b));
  const digit = new Float32Array(IMAGE * IMAGE);
  values.forEach((value, i) => (digit[(top + Math.floor(i / width)) * IMAGE + left + (i % width)] = value / most));
  return { height: IMAGE, width: IMAGE, values: digit };
}

/** Its steps: cut out, fitted into 20 x 20, on 28 x 28; null for an empty sheet. */
export function steps(ink) {
  const cut = cropped(ink);
  if (!cut) return null;
  const box = scaled(cut, BOX);
  return [cut, box, centred(box)];
}

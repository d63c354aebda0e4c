// A drawing becomes an image of MNIST: cut out, fitted, centred.
import assert from "node:assert/strict";
import { test } from "node:test";
import { centred, cropped, scaled, steps } from "../../page/own-digit.js";

function ink(height, width, inked) {
  const values = new Uint8Array(height * width);
  for (const [y, x] of inked) values[y * width + x] = 255;
  return { height, width, values };
}

test("cut out is the smallest rectangle with all ink", () => {
  const { height, width } = cropped(ink(10, 12, [[2, 3], [7, 4]]));
  assert.deepEqual([height, width], [6, 2]);
});

test("an empty sheet gives nothing", () => {
  assert.equal(steps(ink(5, 5, [])), null);
});

test("a new pixel is the mean of what it covers", () => {
  const box = scaled({ height: 4, width: 2, values: [1, 1, 1, 0, 0, 0, 0, 1] }, 2);
  assert.deepEqual([box.height, box.width, ...box.values], [2, 1, 0.75, 0.25]);
});

test("the centre of mass comes to row 14, column 14", () => {
  const { values } = centred({ height: 3, width: 1, values: [1, 1, 1] });
  assert.deepEqual([values[13 * 28 + 14], values[14 * 28 + 14], values[15 * 28 + 14], values[16 * 28 + 14]], [1, 1, 1, 0]);
});

test("a stroke of any size becomes 20 pixels high", () => {
  const stroke = ink(112, 112, Array.from({ length: 60 }, (_, i) => [5 + i, 90]));
  const [, box, digit] = steps(stroke);
  assert.deepEqual([box.height, box.width, digit.height], [20, 1, 28]);
});

// Panels that compute in the page are held to numbers of the library (PanelNumbersTest writes them down).
import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { pixelGradient } from "../../main/resources/cnnkit/live/backward-panel.js";
import { readRows } from "../../main/resources/cnnkit/live/convolution-panel.js";
import { colorOf, numberText, written } from "../../main/resources/cnnkit/live/grid.js";
import { copiesOf, measured, pixelOf } from "../../main/resources/cnnkit/live/im2col-panel.js";
import { wayTo } from "../../main/resources/cnnkit/live/in-sight.js";
import { convolved, isPicture, range, unpacked } from "../../main/resources/cnnkit/live/photograph-panel.js";
import { positions, rectangle } from "../../main/resources/cnnkit/live/positions.js";
import { windowSum } from "../../main/resources/cnnkit/live/window-sum.js";
import golden from "../resources/golden/panels.js";

const cells = ({ height, width }) => Array.from({ length: height * width }, (_, i) => [Math.floor(i / width), i % width]);

/** As floats: in the file they have as few digits as tell them apart. */
const floats = (matrix) => ({ ...matrix, values: matrix.values.map(Math.fround) });

test("a convolution has the places and the bits of the library's, for any geometry and remainder", () => {
  for (const { S, P, remainder, out, read, ...given } of golden.convolutions) {
    const [x, filter] = [floats(given.x), floats(given.filter)];
    const down = positions(x.height, filter.height, S, P, remainder);
    const across = positions(x.width, filter.width, S, P, remainder);
    const fits = down.count > 0 && across.count > 0;
    assert.deepEqual([fits ? down.count : 0, fits ? across.count : 0], [out.height, out.width]);
    cells(out).forEach(([oy, ox], i) => assert.equal(windowSum(x, filter, oy * S - P, ox * S - P).sum, Math.fround(out.values[i])));
    if (!fits) continue;
    const rows = readRows(x.height, filter.height, S, P, down.count);
    const columns = readRows(x.width, filter.width, S, P, across.count);
    cells(x).forEach(([row, column], i) => assert.equal(rows[row] && columns[column], read[i] === 1));
  }
});

test("the matrix is im2col's, and each pixel's copies are where it stands in it", () => {
  for (const { col, ...geometry } of golden.matrices) {
    const size = measured(geometry);
    const { H, W, C, OH, OW, F } = size;
    assert.deepEqual([OH * OW, C * F * F], [col.height, col.width]);
    const found = cells(col).map(([row, column]) => {
      const { c, y, x, inside } = pixelOf(size, row, column);
      return inside ? (c * H + y) * W + x : -1;
    });
    assert.deepEqual(found, col.values);
    for (let pixel = 0; pixel < C * H * W; pixel++) {
      const copies = copiesOf(size, Math.floor(pixel / (H * W)), Math.floor(pixel / W) % H, pixel % W);
      const numbers = copies.map(({ row, column }) => row * col.width + column);
      assert.deepEqual(numbers, [...col.values.keys()].filter((i) => col.values[i] === pixel));
    }
  }
});

test("a window that is too large has no matrix", () => {
  assert.equal(measured({ H: 2, W: 5, F: 3, S: 1, P: 0, C: 1 }), null);
});

test("a pixel's gradient is that of the library's backward pass", () => {
  for (const { S, filter, dout, dx } of golden.gradients) {
    cells(dx).forEach(([y, x], i) => assert.ok(pixelGradient(filter, dout, S, y, x).sum === dx.values[i]));
  }
});

test("a photograph travels packed, and a filter makes of it what the library makes of it, to the bit", async () => {
  for (const { levels, filter, isPicture: bright, out } of golden.photographs) {
    const steps = levels.map((level, i) => (level - (levels[i - 1] || 0)) & 255);
    const values = await unpacked(deflateSync(Uint8Array.from(steps)).toString("base64"));
    assert.deepEqual(values, levels.map((level) => Math.fround(level / 255)));
    const picture = { height: out.height + 2, width: out.width + 2, values };
    assert.deepEqual(convolved(picture, floats(filter)), out.values.map(Math.fround));
    assert.equal(isPicture(floats(filter)), bright);
  }
});

test("an output goes from its smallest to its largest number, whatever is infinite", () => {
  assert.deepEqual(range([2, -Infinity, -1, NaN, 7]), [-1, 7]);
  assert.deepEqual(range([Infinity]), [0, 0]);
});

test("numbers are written as in figures", () => {
  for (const { value, text } of golden.texts) assert.equal(numberText(Math.fround(value)), text);
  assert.deepEqual([NaN, -Infinity, -0, 1234567].map(numberText), ["?", "−∞", "0", "1,234,567"]);
});

test("what somebody writes is a number in one way only, whatever the country", () => {
  assert.deepEqual([" 1.5 ", "−2", "-.5", "1e2"].map(written), [1.5, -2, -0.5, 100]);
  for (const text of ["", "1,5", "0x1", "abc", "-", "Infinity", "."]) assert.ok(Number.isNaN(written(text)), text);
});

test("colours go from the lowest to the highest, and no further", () => {
  const colors = ["#000000", "#0a141e", "#ffffff"];
  const some = [-9, 0, 0.5, 1, 2, 9, NaN].map((value) => colorOf(value, colors, 0, 2));
  assert.deepEqual(some, ["#000000", "#000000", "#050a0f", "#0a141e", "#ffffff", "#ffffff", "#ff00ff"]);
});

test("a rectangle ends at the edge of its grid", () => {
  assert.deepEqual(rectangle({ top: -1, left: 1, height: 2, width: 3 }, 3, 3), [1, 2]);
});

test("a window hangs over by what is missing, and only where one is added", () => {
  const kernel = 3;
  const each = [1, 2, 3, 4].flatMap((S) => [0, 1, 2].flatMap((P) => ["STRICT", "FLOOR", "CEIL"].map((R) => [S, P, R])));
  for (let size = 3; size <= 8; size++) {
    for (const [stride, padding, remainder] of each) {
      const { count, over } = positions(size, kernel, stride, padding, remainder);
      const end = (count - 1) * stride + kernel; // in the input with its padding
      assert.equal(over, remainder === "CEIL" ? Math.max(0, end - (size + 2 * padding)) : 0, `${size} ${stride} ${padding} ${remainder}`);
    }
  }
});

test("a box scrolls no further than it has to, and to the beginning of what is too large for it", () => {
  assert.equal(wayTo(10, 20, 100), 0);
  assert.equal(wayTo(-10, 20, 100), -10);
  assert.equal(wayTo(95, 20, 100), 15);
  assert.equal(wayTo(30, 200, 100), 30);
  assert.equal(wayTo(0, 200, 100), 0);
});

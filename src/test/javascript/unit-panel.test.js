// Where filters stand, where arrow keys lead among them, and how much of a field lies in an image.
import assert from "node:assert/strict";
import { test } from "node:test";
import { filterLayout, framed, neighbour } from "../../main/resources/cnnkit/live/unit-panel.js";

test("filters stand in lines of the same length that fit", () => {
  assert.deepEqual(filterLayout(30, { height: 5, width: 5 }), { columns: 10, rows: 3, zoom: 8 });
  assert.deepEqual(filterLayout(64, { height: 3, width: 3 }), { columns: 16, rows: 4, zoom: 8 });
  assert.deepEqual(filterLayout(1, { height: 11, width: 11 }), { columns: 1, rows: 1, zoom: 3 });
});

test("arrow keys lead to the filter beside, above or below, and not beyond the last", () => {
  assert.equal(neighbour(13, 30, 10, [0, 1]), 14);
  assert.equal(neighbour(13, 30, 10, [-1, 0]), 3);
  assert.equal(neighbour(3, 30, 10, [-1, 0]), 3);
  assert.equal(neighbour(29, 30, 10, [0, 1]), 29);
  assert.equal(neighbour(0, 30, 10, [0, -1]), 0);
});

test("a field that reaches into the padding is framed as far as the image goes", () => {
  const image = { height: 20, width: 40 };
  assert.deepEqual(framed({ top: 5, left: 10, height: 5, width: 20 }, image), { left: "25%", top: "25%", width: "50%", height: "25%" });
  assert.deepEqual(framed({ top: -2, left: 30, height: 6, width: 20 }, image), { left: "75%", top: "0%", width: "25%", height: "20%" });
});

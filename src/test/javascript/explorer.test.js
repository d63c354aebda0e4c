// Where maps lie on a strip, and which cell is under a point.
import assert from "node:assert/strict";
import { test } from "node:test";
import { layout } from "../../main/resources/cnnkit/live/explorer.js";
import { filled } from "../../main/resources/cnnkit/live/elements.js";
import { bytes } from "../../main/resources/cnnkit/live/bytes.js";
import { cellAt } from "../../main/resources/cnnkit/live/maps.js";

test("thirty maps of 12 x 12 stand in lines that fit", () => {
  const { columns, rows, zoom } = layout({ maps: 30, height: 12, width: 12 });
  assert.equal(zoom, 2);
  assert.ok(columns * (12 + 1) * zoom <= 600 && columns * rows >= 30);
});

test("ten scores are one line of large cells", () => {
  assert.deepEqual(layout({ maps: 1, height: 1, width: 10 }), { columns: 1, rows: 1, zoom: 9 });
});

test("a point lies in a cell of a map, or in the gap between two", () => {
  const sheet = { height: 3, width: 4, shown: 5 };
  assert.deepEqual(cellAt(sheet, 3, 0.5, 0.5), { map: 0, row: 0, column: 0 });
  assert.deepEqual(cellAt(sheet, 3, 5.2, 2.9), { map: 1, row: 2, column: 0 });
  assert.deepEqual(cellAt(sheet, 3, 8.9, 6.1), { map: 4, row: 2, column: 3 });
  assert.equal(cellAt(sheet, 3, 4.5, 0), null, "the gap");
  assert.equal(cellAt(sheet, 3, 12, 5), null, "there is no sixth map");
  assert.equal(cellAt(sheet, 3, -1, 0), null);
});

test("bytes come out of base64 as they went in", () => {
  assert.deepEqual([...bytes("AAH/")], [0, 1, 255]);
});

test("values take the places of a sentence in order, whatever is in them", () => {
  assert.equal(filled("%s of %s", "$&", "%s"), "$& of %s");
});

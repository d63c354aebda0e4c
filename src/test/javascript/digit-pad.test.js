// What travels of a drawing, and where the pen goes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inkOf, moved } from "../../main/resources/cnnkit/live/digit-pad.js";

test("the ink of a pixel is its opacity, and travels as base64", () => {
  assert.equal(inkOf([0, 0, 0, 255, 0, 0, 0, 0, 9, 9, 9, 7]), "/wAH");
});

test("an empty sheet has nothing to send", () => {
  assert.equal(inkOf([0, 0, 0, 0, 255, 255, 255, 0]), "");
});

test("arrow keys move the pen, never off the sheet", () => {
  assert.deepEqual(moved({ x: 10, y: 10 }, "ArrowRight", 112), { x: 14, y: 10 });
  assert.deepEqual(moved({ x: 2, y: 110 }, "ArrowLeft", 112), { x: 0, y: 110 });
  assert.deepEqual(moved({ x: 2, y: 110 }, "ArrowDown", 112), { x: 2, y: 112 });
  assert.deepEqual(moved({ x: 2, y: 110 }, "a", 112), { x: 2, y: 110 });
});

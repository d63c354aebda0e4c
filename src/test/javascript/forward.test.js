// The arithmetic of the page: one rounding for a product and a sum. Whole networks are compared with Java by test_page.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { float, fma } from "../../main/resources/cnnkit/live/fma.js";
import { affine, convolution, maxPooling, relu, softmax } from "../../page/forward.js";

test("a product is not rounded before it is added", () => {
  const a = float(1 + 2 ** -12);
  assert.equal(fma(a, a, -1), float(2 ** -11 + 2 ** -24));
  assert.notEqual(float(float(a * a) - 1), fma(a, a, -1));
});

test("a sum half-way between two floats goes where the part goes that a double cannot hold", () => {
  const half = float(2 ** -24);
  assert.equal(fma(1, half, 1), 1, "a true tie goes to the even one");
  const odd = float(1 + 2 ** -23);
  assert.equal(fma(1, half, odd), float(1 + 2 ** -22));
  const more = float(2 ** -12 + 2 ** -35);
  assert.equal(fma(float(2 ** -40), float(2 ** -40), 1), 1);
  assert.equal(fma(more, float(2 ** -12), 1), float(1 + 2 ** -23), "2^-24 and a little more");
  const tiny = float(2 ** -60);
  assert.equal(fma(float(1 + 2 ** -23), float(2 ** -24), 1), float(1 + 2 ** -23));
  assert.equal(fma(tiny, tiny, odd), odd);
});

const image = { shape: [1, 4, 4], data: Float32Array.from({ length: 16 }, (_, i) => i) };
const ones = { shape: [1, 1, 2, 2], data: new Float32Array(4).fill(1) };

test("a convolution adds up its window and the bias, padding is nothing", () => {
  const out = convolution(image, ones, { data: [0.5] }, 0);
  assert.deepEqual(out.shape, [1, 3, 3]);
  assert.equal(out.data[5], 6 + 7 + 10 + 11 + 0.5);
  assert.equal(convolution(image, ones, { data: [0] }, 1).data[24], 15);
});

test("pooling, ReLU and affine do what the chapter says", () => {
  assert.deepEqual([...maxPooling(image).data], [5, 7, 13, 15]);
  assert.deepEqual([...relu({ shape: [3], data: Float32Array.of(-1, 0, 2) }).data], [0, 0, 2]);
  const W = { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) };
  assert.deepEqual([...affine({ data: Float32Array.of(1, 10) }, W, { data: [0.5, 0] }).data], [31.5, 42]);
});

test("probabilities add up to one, also of large scores", () => {
  const [a, b] = softmax([1000, 1001]);
  assert.ok(Math.abs(a + b - 1) < 1e-12 && b > a);
});

// The forward pass of LeNet and SimpleConvNet in JavaScript, with the bits of the JVM.
//
// The library adds up in one order: from the bias, channel by channel, row by row, each product with a fused multiply-add of
// floats. A tensor here is {shape, data}, without the N.

import { fma } from "../main/resources/cnnkit/live/fma.js";

/** (C, H, W) -> (FN, OH, OW), stride 1. */
export function convolution(x, W, b, padding) {
  const [C, H, width] = x.shape;
  const [FN, , FH, FW] = W.shape;
  const OH = H + 2 * padding - FH + 1;
  const OW = width + 2 * padding - FW + 1;
  const out = new Float32Array(FN * OH * OW);
  const at = (f, oy, ox) => {
    let sum = b.data[f];
    for (let c = 0; c < C; c++) {
      for (let ky = 0; ky < FH; ky++) {
        const y = oy + ky - padding;
        if (y < 0 || y >= H) continue;
        const [from, weights] = [(c * H + y) * width + ox - padding, ((f * C + c) * FH + ky) * FW];
        const [first, last] = [Math.max(0, padding - ox), Math.min(FW, width + padding - ox)];
        for (let kx = first; kx < last; kx++) sum = fma(x.data[from + kx], W.data[weights + kx], sum);
      }
    }
    return sum;
  };
  for (let f = 0, i = 0; f < FN; f++) {
    for (let oy = 0; oy < OH; oy++) {
      for (let ox = 0; ox < OW; ox++) out[i++] = at(f, oy, ox);
    }
  }
  return { shape: [FN, OH, OW], data: out };
}

export function relu(x) {
  return { shape: x.shape, data: x.data.map((value) => Math.max(value, 0)) };
}

/** The largest of 2 x 2, stride 2; (C, H, W) with even H and W. */
export function maxPooling(x) {
  const [C, H, W] = x.shape;
  const out = new Float32Array((C * H * W) / 4);
  for (let i = 0; i < out.length; i++) {
    const row = Math.floor(i / (W / 2)); // over all channels
    const from = 2 * row * W + 2 * (i % (W / 2));
    out[i] = Math.max(x.data[from], x.data[from + 1], x.data[from + W], x.data[from + W + 1]);
  }
  return { shape: [C, H / 2, W / 2], data: out };
}

/** (I) -> (O), W is (I, O). */
export function affine(x, W, b) {
  const O = W.shape[1];
  const out = Float32Array.from(b.data);
  for (let i = 0; i < x.data.length; i++) {
    for (let o = 0; o < O; o++) out[o] = fma(x.data[i], W.data[i * O + o], out[o]);
  }
  return { shape: [O], data: out };
}

/** Probabilities, for people: exp is not the JVM's to the last bit. */
export function softmax(scores) {
  const largest = Math.max(...scores);
  const powers = Array.from(scores, (score) => Math.exp(score - largest));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

const LAYERS = {
  LeNet: (p) => ({
    Conv1: (x) => convolution(x, p.W1, p.b1, 2),
    Relu1: relu,
    Pool1: maxPooling,
    Conv2: (x) => convolution(x, p.W2, p.b2, 0),
    Relu2: relu,
    Pool2: maxPooling,
    Affine1: (x) => affine(x, p.W3, p.b3),
    Relu3: relu,
    Affine2: (x) => affine(x, p.W4, p.b4),
    Relu4: relu,
    Affine3: (x) => affine(x, p.W5, p.b5),
  }),
  SimpleConvNet: (p) => ({
    Conv1: (x) => convolution(x, p.W1, p.b1, 0),
    Relu1: relu,
    Pool1: maxPooling,
    Affine1: (x) => affine(x, p.W2, p.b2),
    Relu2: relu,
    Affine2: (x) => affine(x, p.W3, p.b3),
  }),
};

/** What every layer of a network makes of an image (1, 28, 28), by name, in order. */
export function forward(network, parameters, image) {
  const outputs = {};
  let x = image;
  for (const [name, layer] of Object.entries(LAYERS[network](parameters))) {
    x = layer(x);
    outputs[name] = x;
  }
  return outputs;
}

/** Parameters that travel as base64 of their floats, least byte first. */
export function parametersOf(packed) {
  const floats = (base64) => new Float32Array(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer);
  return Object.fromEntries(Object.entries(packed).map(([name, { shape, data }]) => [name, { shape, data: floats(data) }]));
}

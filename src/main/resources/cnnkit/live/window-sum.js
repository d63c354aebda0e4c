// What a window gives: the sum that cnnkit.layer.Convolution computes at one place, for one channel.

import { float, fma } from "./fma.js";

/** One number of a convolution: the terms {value, weight, product, inside} in the order in which they are added, and the sum. */
export function windowSum(x, filter, top, left) {
  const terms = [];
  let sum = 0;
  for (let i = 0; i < filter.values.length; i++) {
    const row = top + Math.floor(i / filter.width);
    const column = left + (i % filter.width);
    const inside = row >= 0 && row < x.height && column >= 0 && column < x.width;
    const value = inside ? x.values[row * x.width + column] : 0;
    const weight = filter.values[i];
    if (inside) sum = fma(value, weight, sum);
    terms.push({ value, weight, product: float(value * weight), inside });
  }
  return { terms, sum };
}

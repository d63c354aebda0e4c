// The arithmetic of the JVM: floats, and a product and a sum that are rounded once. JavaScript has doubles only, so the one
// rounding is made by hand.

/** The nearest float. */
export const float = Math.fround;

/** a * b + c for three floats, rounded once, to the nearest float. */
export function fma(a, b, c) {
  const product = a * b; // exact: two times 24 bits fit into 53
  const sum = product + c; // rounded to a double, so the float may be rounded twice,
  const near = float(sum);
  const above = sum - near;
  if (above === 0) return near;
  const far = sum + above;
  if (float(far) !== far) return near; // which matters only half-way between two floats
  const part = sum - product;
  const lost = product - (sum - part) + (c - part); // what the double has not kept
  return lost !== 0 && lost > 0 === above > 0 ? far : near;
}

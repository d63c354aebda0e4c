// Where a window can stand: the arithmetic of cnnkit.im2col.Window, for square strides and paddings.

/** How many positions there are along a side, the room to move in, and what the stride leaves over; no positions: an error. */
export function positions(size, kernel, stride, padding, remainder) {
  const room = size + 2 * padding - kernel;
  if (room < 0) return { room, left: 0, count: 0 };
  const left = room % stride;
  const floor = (room - left) / stride + 1;
  const hangs = left > 0 && remainder === "CEIL" && floor * stride < size + padding;
  return { room, left, count: left > 0 && remainder === "STRICT" ? 0 : floor + (hangs ? 1 : 0) };
}

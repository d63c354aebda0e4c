// Where a window can stand, by the arithmetic of cnnkit.im2col.Window for square strides and paddings, and what it covers.

/**
 * Along a side: the count of positions, the room to move in, what the stride leaves over, and by how much the last window hangs
 * over the edge. A count of 0 is an error.
 */
export function positions(size, kernel, stride, padding, remainder) {
  const room = size + 2 * padding - kernel;
  if (room < 0) return { room, left: 0, over: 0, count: 0 };
  const left = room % stride;
  const floor = (room - left) / stride + 1;
  const hangs = left > 0 && remainder === "CEIL" && floor * stride < size + padding;
  return { room, left, over: hangs ? stride - left : 0, count: left > 0 && remainder === "STRICT" ? 0 : floor + (hangs ? 1 : 0) };
}

/** The numbers of the cells of a rectangle, as far as it lies in a grid. */
export function rectangle({ top, left, height, width }, rows, columns) {
  const cells = [];
  for (let row = Math.max(0, top); row < Math.min(rows, top + height); row++) {
    for (let column = Math.max(0, left); column < Math.min(columns, left + width); column++) cells.push(row * columns + column);
  }
  return cells;
}

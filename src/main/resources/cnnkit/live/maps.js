// Maps whose cells Java has sent as levels of a colour scale.

export const GAP = 1; // cells between two maps

/** Paints maps, one level of a colour scale a cell. */
export function paint(canvas, { height, width }, count, columns, levels, colors) {
  const rows = Math.ceil(count / columns);
  canvas.width = columns * (width + GAP) - GAP;
  canvas.height = rows * (height + GAP) - GAP;
  const image = new ImageData(canvas.width, canvas.height);
  for (let i = 0; i < count * height * width; i++) {
    const map = Math.floor(i / (height * width));
    const y = Math.floor(map / columns) * (height + GAP) + (Math.floor(i / width) % height);
    const x = (map % columns) * (width + GAP) + (i % width);
    image.data.set([...colors.subarray(3 * levels[i], 3 * levels[i] + 3), 255], 4 * (y * canvas.width + x));
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}

/** Which cell of which map lies under a point of a strip of maps; null in a gap. */
export function cellAt(sheet, columns, x, y) {
  const column = Math.floor(x / (sheet.width + GAP));
  const row = Math.floor(y / (sheet.height + GAP));
  const map = row * columns + column;
  const inside = { row: Math.floor(y - row * (sheet.height + GAP)), column: Math.floor(x - column * (sheet.width + GAP)) };
  const hit = column < columns && map < sheet.shown && inside.row < sheet.height && inside.column < sheet.width;
  return hit && x >= 0 && y >= 0 ? { map, ...inside } : null;
}

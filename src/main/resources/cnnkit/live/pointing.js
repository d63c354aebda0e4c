// The pointer on the cells of a grid.

/** Calls point(row, column) when the pointer is on a cell, or pressed there if drag is set. */
export function pointing({ table }, point, drag = false) {
  const at = (event) => {
    const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest("td");
    if (cell && table.contains(cell)) point(cell.parentNode.rowIndex, cell.cellIndex);
  };
  table.onpointerdown = at;
  table.onpointermove = (event) => (!drag || event.buttons & 1) && at(event);
  table.classList.toggle("drag", drag);
}

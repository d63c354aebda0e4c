// What is looked at stays in sight.

/** Scrolls a box until a part of it is in sight, and nothing around the box. */
export function bringInSight(box, part) {
  const [outer, inner] = [box, part].map((element) => element.getBoundingClientRect());
  const [left, top] = [outer.left + box.clientLeft, outer.top + box.clientTop]; // inside of its border
  box.scrollLeft += wayTo(inner.left - left, inner.width, box.clientWidth);
  box.scrollTop += wayTo(inner.top - top, inner.height, box.clientHeight);
}

/** How far to scroll to see a part that begins at some place of a room; of one that is too large its beginning. */
export function wayTo(from, size, room) {
  return from < 0 || size > room ? from : Math.max(0, from + size - room);
}

// What is looked at stays in sight.

/** Scrolls a box until a part of it is in sight, and nothing around the box. */
export function bringInSight(box, part) {
  const [outer, inner] = [box, part].map((element) => element.getBoundingClientRect());
  box.scrollLeft += Math.min(0, inner.left - outer.left) + Math.max(0, inner.right - outer.right);
  box.scrollTop += Math.min(0, inner.top - outer.top) + Math.max(0, inner.bottom - outer.bottom);
}

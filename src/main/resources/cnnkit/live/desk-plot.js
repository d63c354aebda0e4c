// The curve of a training run, in the colours of the page.

const SCALE = 0.1; // px a unit of the plane in which Java counts
const [LEFT, TOP, WIDTH, HEIGHT] = [44, 22, 280, 110]; // px of the plane
const CROSS = 60; // units, half of its side

function drawn(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** What is drawn on the plane, the hindmost first: [class, path]. */
export function paths({ now, old, marks, lost }) {
  const line = (points) => (points.includes(" ") ? `M${points}` : `M${points} h9`); // a single point is seen, too
  const [width, height] = [WIDTH / SCALE, HEIGHT / SCALE];
  const all = [0, height / 2, height].map((y) => ["rule", `M0 ${y}h${width}`]);
  if (old) all.push(["old", line(old)]);
  for (const [x] of marks) all.push(["mark", `M${x} 0v${height}`]);
  if (now) all.push(["now", line(now)]);
  if (lost >= 0) all.push(["lost", `M${lost - CROSS} ${-CROSS}l${2 * CROSS} ${2 * CROSS}m${-2 * CROSS} 0l${2 * CROSS} ${-2 * CROSS}`]);
  return all;
}

/** A drawing of a curve that Java has measured. */
export function plot(curve) {
  const text = (x, y, anchor, content) => drawn("text", { x, y, "text-anchor": anchor }, content);
  const plane = drawn("g", { class: "plane", transform: `translate(${LEFT} ${TOP}) scale(${SCALE})` });
  plane.append(...paths(curve).map(([name, d]) => drawn("path", { class: name, d })));
  const right = LEFT + WIDTH;
  const bottom = TOP + HEIGHT + 15;
  return drawn(
    "svg",
    { viewBox: `0 0 ${right + 36} ${bottom + 18}`, role: "img", "aria-label": curve.said },
    plane,
    text(LEFT, 12, "start", curve.name),
    ...curve.ticks.map((tick, i) => text(LEFT - 6, TOP + HEIGHT - (i * HEIGHT) / 2 + 4, "end", tick)),
    ...curve.marks.map(([x, number]) => text(LEFT + x * SCALE, bottom, "middle", String(number))),
    text(right + 30, bottom + 14, "end", curve.last),
    text(LEFT, bottom + 14, "start", curve.above),
  );
}

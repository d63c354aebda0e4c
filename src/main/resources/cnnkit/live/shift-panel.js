// An image to shift by hand or by sliders; Java says what becomes of it, pooled in two ways, and what a network reads.
import { bars } from "./bars.js";
import { bytes } from "./bytes.js";
import { element } from "./elements.js";
import { spoken } from "./grid.js";
import { paint } from "./maps.js";
import { sliders } from "./sliders.js";

const SIDE = 168; // px on the screen, an image
const ROW = 3; // pictures: as it is, and pooled in two ways

/** Fills a panel with sliders, the image, and what its shift leads to. */
export async function shiftPanel(root, ask) {
  const { farthest, scales, words } = await ask({ what: "open" });
  const state = { right: 0, down: 0 };
  const views = element("div", { className: "unit" });
  const said = spoken();
  const change = async () => {
    const answer = await ask({ what: "shift", down: state.down + farthest, right: state.right + farthest });
    const pictures = answer.views.map((view) => picture(view, bytes(scales[view.scale])));
    pictures[0].classList.add("drag");
    const lines = [0, ROW].map((first) => element("div", { className: "unit" }, ...pictures.slice(first, first + ROW)));
    views.replaceChildren(element("div", {}, ...lines), bars(answer.scores, answer.best));
    said.replaceChildren(element("b", { textContent: answer.said }));
  };
  const ways = ["right", "down"].map((name) => [name, words[name], -farthest, farthest]);
  const controls = sliders(state, ways, change);
  const slider = (way) => controls.querySelector(`[name=${way}]`);
  const slide = (way, pixels) => {
    slider(way).value = pixels; // within its limits
    if (Number(slider(way).value) !== state[way]) slider(way).oninput();
  };
  dragging(views, state, slide);
  slider("down").onkeydown = (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]; // a slider's own keys go up for more
    if (!by) return;
    event.preventDefault();
    slide("down", state.down + by);
  };
  root.append(words.drag, controls, said, views, element("small", { textContent: words.change }));
  await change();
}

/** Lets one take hold of the first picture: slide(way, pixels) tells where it would be. The pictures are new after each shift. */
function dragging(views, state, slide) {
  let from = null;
  views.onpointerdown = (event) => {
    const canvas = event.target.closest(".drag canvas");
    if (!canvas || event.button !== 0) return;
    from = { x: event.clientX, y: event.clientY, ...state, pixel: SIDE / canvas.width };
    views.setPointerCapture(event.pointerId);
    event.preventDefault();
  };
  views.onpointermove = (event) => {
    if (!from || !(event.buttons & 1)) return;
    slide("right", from.right + Math.round((event.clientX - from.x) / from.pixel));
    slide("down", from.down + Math.round((event.clientY - from.y) / from.pixel));
  };
  views.onlostpointercapture = () => (from = null);
}

function picture(view, colors) {
  const canvas = element("canvas");
  paint(canvas, view, view.shown, Math.ceil(Math.sqrt(view.shown)), bytes(view.cells), colors);
  canvas.style.width = `${SIDE}px`;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `${view.name}, ${view.change}`);
  return element("div", {}, element("div", { textContent: view.name }), canvas, element("div", { className: "change", textContent: view.change }));
}

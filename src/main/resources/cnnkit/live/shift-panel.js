// An image to shift by sliders; Java says what becomes of it, pooled in two ways, and what a network reads.
import { bars } from "./bars.js";
import { bytes } from "./bytes.js";
import { element } from "./elements.js";
import { spoken } from "./grid.js";
import { paint } from "./maps.js";
import { sliders } from "./sliders.js";

const SIDE = 168; // px on the screen, an image

/** Fills a panel with sliders and what they lead to. */
export async function shiftPanel(root, ask) {
  const { farthest, scales, words } = await ask({ what: "open" });
  const state = { right: 0, down: 0 };
  const views = element("div", { className: "unit" });
  const said = spoken();
  const change = async () => {
    const answer = await ask({ what: "shift", down: state.down + farthest, right: state.right + farthest });
    const pictures = answer.views.map((view) => picture(view, bytes(scales[view.scale])));
    const lines = [0, 3].map((first) => element("div", { className: "unit" }, ...pictures.slice(first, first + 3)));
    views.replaceChildren(element("div", {}, ...lines), bars(answer.scores, answer.best));
    said.replaceChildren(element("b", { textContent: answer.said }));
  };
  const ways = ["right", "down"].map((name) => [name, words[name], -farthest, farthest]);
  root.append(sliders(state, ways, change), said, views);
  await change();
}

function picture(view, colors) {
  const canvas = element("canvas");
  paint(canvas, view, view.shown, Math.ceil(Math.sqrt(view.shown)), bytes(view.cells), colors);
  canvas.style.width = `${SIDE}px`;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `${view.name}, ${view.change}`);
  return element("div", {}, element("div", { textContent: view.name }), canvas, element("small", { textContent: view.change }));
}

// A panel that needs no kernel: its script and its numbers stand in the output, and it is there as soon as the script runs.

import { keepKeys } from "./keys.js";

/** Puts a panel in the place of a still picture; whatever goes wrong, the picture stays. */
export async function alone(root, fill, style) {
  const panel = document.createElement("div");
  keepKeys(root);
  await fill(panel);
  const rules = style.replaceAll("&", ".cnnkit-live"); // short, as Java packs them
  root.replaceChildren(Object.assign(document.createElement("style"), { textContent: rules }), panel);
}

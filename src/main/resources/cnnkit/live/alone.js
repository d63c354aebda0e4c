// A panel that needs no kernel: its script and its numbers stand in the output, and it is there as soon as the script runs.

/** Puts a panel in the place of a still picture; whatever goes wrong, the picture stays. */
export function alone(root, fill, style) {
  const panel = document.createElement("div");
  // Letters typed here are not commands of the notebook, which would delete cells; Ctrl+S still saves.
  root.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
  fill(panel);
  root.replaceChildren(Object.assign(document.createElement("style"), { textContent: style }), panel);
}

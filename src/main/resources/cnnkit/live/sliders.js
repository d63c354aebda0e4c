// Sliders.
import { element } from "./elements.js";
import { numberText } from "./grid.js";

/** A line with sliders; each of them is [name, text, least, most], and its value stands in state by its name. */
export function sliders(state, lines, change) {
  const all = lines.map(([name, text, min, max]) => {
    const value = element("output", { textContent: numberText(state[name]) });
    const input = element("input", { type: "range", name, min, max, value: state[name] });
    input.oninput = () => {
      state[name] = Number(input.value);
      value.textContent = numberText(state[name]);
      change();
    };
    return element("label", {}, `${text} `, input, value);
  });
  return element("div", { className: "controls" }, ...all);
}

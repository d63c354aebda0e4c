// One offline page: draw a digit, and LeNet reads it. Where a notebook asks Java, this page answers itself.
import { digitPad } from "../main/resources/cnnkit/live/digit-pad.js";
import { element, filled } from "../main/resources/cnnkit/live/elements.js";
import { bytes } from "../main/resources/cnnkit/live/bytes.js";
import { cellAt } from "../main/resources/cnnkit/live/maps.js";
import { forward, parametersOf, softmax } from "./forward.js";
import { steps } from "./own-digit.js";

const SHEET = 112; // of the sheet, in pixels
const LEVELS = 65; // colours of a scale
const KERNEL = 5; // rows and columns of a filter of Conv1
const PADDING = 2;

/** A number from 0 to most as a level of a scale. */
export function level(value, most) {
  return Math.round((Math.max(0, Math.min(most, value)) / (most || 1)) * (LEVELS - 1));
}

function sheet(name, { height, width, values }, scale, most) {
  const maps = values.length / (height * width);
  const cells = btoa(String.fromCharCode(...Uint8Array.from(values, (value) => level(value, most))));
  return { name, size: [maps, height, width].join(" × "), maps, shown: maps, height, width, scale, cells };
}

/** The answer to a drawing, as Java gives it in a notebook; the latest maps are kept for the pointer. */
export function reading(parameters, words, pixels) {
  const made = steps({ height: SHEET, width: SHEET, values: bytes(pixels) });
  const outputs = forward("LeNet", parameters, { shape: [1, 28, 28], data: made[2].values });
  const [, height, width] = outputs.Relu1.shape;
  const probabilities = softmax(outputs.Affine3.data);
  const percent = (share) => `${(100 * share).toFixed(1)} %`;
  const best = probabilities.indexOf(Math.max(...probabilities));
  const pictures = made.map((step, i) => sheet(words.steps[i], step, "GREY", i === 0 ? 255 : Math.max(...step.values)));
  return {
    outputs,
    steps: [null, ...pictures],
    maps: sheet("Relu1", { height, width, values: outputs.Relu1.data }, "CIVIDIS", Math.max(...outputs.Relu1.data)),
    scores: probabilities.map((share) => ({ text: percent(share), share: String(share) })),
    best,
    said: filled(words.said, best, percent(probabilities[best])),
  };
}

/** Fills the page, in one of its languages. */
export function page({ packed, scales, languages }, language) {
  const parameters = parametersOf(packed);
  const words = languages[language];
  let latest = null;
  const ask = async (question) => {
    if (question.what === "open") return { side: SHEET, save: false, scales, words };
    latest = reading(parameters, words, question.pixels);
    return latest;
  };
  document.documentElement.lang = language;
  document.querySelector("h1").textContent = document.title = words.title;
  document.querySelector(".about").textContent = words.about;
  const root = document.querySelector(".cnnkit-live > .panel");
  root.onpointermove = (event) => latest && event.target.matches(".maps") && follow(root, event, latest, words);
  digitPad(root, ask);
}

/** The window under the pointer: framed on the digit, with what became of it. */
function follow(root, { target, offsetX, offsetY }, { outputs, maps }, words) {
  const zoom = target.clientWidth / target.width;
  const columns = (target.width + 1) / (maps.width + 1);
  const cell = cellAt(maps, columns, offsetX / zoom, offsetY / zoom);
  root.querySelector(".reading .box")?.remove();
  if (!cell) return;
  const { map, row, column } = cell;
  const before = outputs.Conv1.data[(map * maps.height + row) * maps.width + column];
  const digit = [...root.querySelectorAll(".reading .unit > div")].pop();
  const scale = digit.querySelector("canvas").clientWidth / 28;
  const box = element("div", { className: "box" });
  const [left, top] = [(column - PADDING) * scale, (row - PADDING) * scale];
  box.style.cssText = `left:${left}px;top:${top}px;width:${KERNEL * scale}px;height:${KERNEL * scale}px`;
  digit.append(box);
  root.querySelector(".window")?.remove();
  const text = filled(words.window, map, row, column, before.toFixed(3), Math.max(0, before).toFixed(3));
  root.querySelector(".reading").append(element("p", { className: "window", textContent: text }));
}

// The probabilities of the digits, as bars.
import { element } from "./elements.js";

const LONGEST = 120; // px

/** A bar for each score {text, share}; the best one is marked. */
export function bars(scores, best) {
  const lines = scores.map(({ text, share }, digit) => {
    const bar = element("span", { className: digit === best ? "bar best" : "bar" });
    bar.style.width = `${LONGEST * Number(share)}px`;
    return element("div", {}, `${digit} `, bar, ` ${text}`);
  });
  return element("div", { className: "bars" }, ...lines);
}

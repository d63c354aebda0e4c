// A desk to train at. Java trains for a moment each time it is asked; as long as nobody stops, the page asks again.
import { plot } from "./desk-plot.js";
import { element } from "./elements.js";

const LINES = 6; // of the table: the latest stretches

/** Fills a panel with controls, curves, and a table of what was changed. */
export async function trainingDesk(root, ask) {
  const answer = await ask({ what: "open" });
  const desk = new Desk(root, ask, answer);
  root.append(desk.build());
  desk.show(answer);
  desk.take(answer.settings);
}

export class Desk {
  constructor(root, ask, { choices, words, settings }) {
    Object.assign(this, { root, ask, choices, words, settings });
    this.turn = 0; // changes with each start and stop: whoever remembers another one has been stopped
    this.fields = {};
  }

  build() {
    const controls = [this.slider("rate"), this.slider("batch"), this.select("optimizer")];
    this.start = this.button("train", () => (this.training ? this.stop() : this.train()));
    this.back = this.button("back", async () => this.take((await this.go("back")).settings));
    this.again = this.button("again", () => this.go("again"));
    this.said = element("p", { className: "value" });
    this.said.setAttribute("role", "status");
    this.plots = element("div", { className: "unit" });
    this.old = element("small", { textContent: this.words.old });
    this.table = element("table");
    this.stop();
    const lines = [controls, [this.start, this.back, this.again]].map((parts) => element("div", { className: "controls" }, ...parts));
    return element("div", { className: "desk" }, ...lines, this.said, this.plots, this.old, this.table);
  }

  button(name, act) {
    const button = element("button", { textContent: this.words[name] });
    button.onclick = () => button.getAttribute("aria-disabled") !== "true" && act(); // a disabled one would lose the focus
    return button;
  }

  slider(name) {
    const texts = this.choices[name];
    const input = element("input", { type: "range", name, min: 0, max: texts.length - 1 });
    const value = element("output");
    input.oninput = () => {
      value.textContent = texts[input.value];
      input.setAttribute("aria-valuetext", texts[input.value]);
    };
    input.onchange = () => (this.settings[name] = Number(input.value)); // once it is let go
    this.fields[name] = input;
    return element("label", {}, `${this.words[name]} `, input, value);
  }

  select(name) {
    const options = this.choices[name].map((text, value) => element("option", { value, textContent: text }));
    const select = element("select", { name }, ...options);
    select.onchange = () => (this.settings[name] = Number(select.value));
    this.fields[name] = select;
    return element("label", {}, `${this.words[name]} `, select);
  }

  /** Takes over settings that Java has told. */
  take(settings) {
    this.settings = { ...settings };
    for (const [name, field] of Object.entries(this.fields)) {
      field.value = settings[name];
      field.oninput?.();
    }
  }

  async train() {
    const turn = ++this.turn;
    this.isTraining(true);
    while (turn === this.turn && this.root.isConnected) {
      const answer = await this.ask({ what: "train", ...this.settings });
      if (turn === this.turn && answer.lost) this.stop();
      this.show(answer);
    }
    if (turn === this.turn) this.stop(); // the cell was run again, or is out of sight
  }

  stop() {
    this.turn++;
    this.isTraining(false);
  }

  isTraining(training) {
    this.training = training;
    this.start.textContent = this.words[training ? "stop" : "train"];
    this.said.setAttribute("aria-live", training ? "off" : "polite"); // not seven times a second
  }

  async go(what) {
    this.stop();
    const answer = await this.ask({ what, once: true });
    this.show(answer);
    return answer;
  }

  show({ plots, stretches, said, lost, canGoBack, canStartAgain }) {
    this.said.textContent = said;
    this.said.classList.toggle("trouble", lost);
    this.plots.replaceChildren(...plots.map(plot));
    this.old.hidden = plots.every(({ old }) => !old);
    this.back.setAttribute("aria-disabled", !canGoBack);
    this.again.setAttribute("aria-disabled", !canStartAgain);
    this.start.setAttribute("aria-disabled", lost);
    const names = ["", "from", "optimizer", "rate", "batch", "right"].map((name) => element("th", { textContent: this.words[name] || "" }));
    const lines = stretches.slice(-LINES).map((cells) => element("tr", {}, ...cells.map((text) => element("td", { textContent: text }))));
    this.table.replaceChildren(element("tr", {}, ...names), ...lines);
    this.table.hidden = stretches.length === 0;
  }
}

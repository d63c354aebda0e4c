// Keys in a panel, in an element that knows what a browser's knows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { keepKeys } from "../../main/resources/cnnkit/live/keys.js";

const MARK = "data-lm-suppress-shortcuts";

function panel() {
  const listeners = {};
  const marks = new Set();
  const target = { toggleAttribute: (name, there) => (there ? marks.add(name) : marks.delete(name)) };
  keepKeys({ addEventListener: (type, listener) => (listeners[type] = listener) });
  const happens = (type, held = {}) => {
    let stopped = false;
    const key = type === "focusin" ? {} : { key: "d" };
    listeners[type]({ target, ...key, ...held, stopPropagation: () => (stopped = true) });
    return stopped;
  };
  return { happens, marked: () => marks.has(MARK) };
}

test("whoever hears keys on their way down passes over the element from the moment it is chosen", () => {
  const { happens, marked } = panel();
  assert.equal(marked(), false);
  assert.equal(happens("focusin"), false, "the notebook learns which cell it is in");
  assert.equal(marked(), true);
});

test("letters and arrows end here, on their way up", () => {
  const { happens, marked } = panel();
  happens("focusin");
  assert.equal(happens("keydown"), true);
  assert.equal(marked(), true);
});

test("Ctrl+S, Cmd+S and Alt reach the notebook on both ways, and afterwards letters do not", () => {
  for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) {
    const { happens, marked } = panel();
    happens("focusin");
    assert.equal(happens("keydown", held), false, "Ctrl goes up");
    assert.equal(marked(), false, "and the S that follows is heard on its way down");
    happens("keyup", held);
    assert.equal(marked(), false, "while Ctrl is held");
    happens("keyup");
    assert.equal(marked(), true);
  }
});

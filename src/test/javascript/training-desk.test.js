// A desk asks on as long as nobody stops it, and draws what Java has measured.
import assert from "node:assert/strict";
import { test } from "node:test";
import { paths } from "../../main/resources/cnnkit/live/desk-plot.js";
import { Desk } from "../../main/resources/cnnkit/live/training-desk.js";

/** A desk without a page: answers wait until they are given. */
function desk() {
  const asked = [];
  const ask = (question) => new Promise((resolve) => asked.push({ question, resolve }));
  const made = new Desk({ isConnected: true }, ask, { choices: {}, words: {}, settings: { rate: 3, batch: 6, optimizer: 2 } });
  Object.assign(made, { show: () => {}, isTraining: (training) => (made.training = training) });
  return { made, asked };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test("it trains on with the settings of the moment until somebody stops it", async () => {
  const { made, asked } = desk();
  made.train();
  assert.deepEqual(asked[0].question, { what: "train", rate: 3, batch: 6, optimizer: 2 });
  made.settings.rate = 9;
  asked[0].resolve({ lost: false });
  await settled();
  assert.equal(asked[1].question.rate, 9);
  made.stop();
  asked[1].resolve({ lost: false });
  await settled();
  assert.equal(asked.length, 2);
  assert.equal(made.training, false);
});

test("stopped and started again while Java still computes, it asks once at a time", async () => {
  const { made, asked } = desk();
  made.train();
  made.stop();
  made.train();
  asked[0].resolve({ lost: false });
  asked[1].resolve({ lost: false });
  await settled();
  assert.equal(asked.length, 3);
});

test("a loss that is no number ends the training, and so does a panel that is gone", async () => {
  const { made, asked } = desk();
  made.train();
  asked[0].resolve({ lost: true });
  await settled();
  assert.equal(made.training, false);
  made.train();
  made.root.isConnected = false;
  asked[1].resolve({ lost: false });
  await settled();
  assert.equal(asked.length, 2);
  assert.equal(made.training, false);
});

test("the old curve lies behind the new one, changes are upright lines, and a lost loss is a cross", () => {
  const drawn = paths({ now: "0,0 10,10", old: "5,5", marks: [[700, 2]], lost: 900 });
  assert.deepEqual(drawn.map(([name]) => name), ["rule", "rule", "rule", "old", "mark", "now", "lost"]);
  assert.deepEqual(drawn.slice(3, 6).map(([, path]) => path), ["M5,5 h9", "M700 0v1100", "M0,0 10,10"]);
  assert.equal(paths({ now: "", old: "", marks: [], lost: -1 }).length, 3);
});

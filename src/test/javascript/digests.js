// Prints, as src/page/Digests.java does for the JVM, the SHA-256 of what every layer makes of the last training digits:
//   node digests.js PARAMETERS.json COUNT       with the parameters of each network, as tools/page.py packs them
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { forward, parametersOf } from "../../page/forward.js";

const [file, count] = process.argv.slice(2);
const images = gunzipSync(readFileSync("data/mnist/train-images-idx3-ubyte.gz")).subarray(16);

for (const [network, packed] of Object.entries(JSON.parse(readFileSync(file)))) {
  const parameters = parametersOf(packed);
  const digests = {};
  for (let i = 60_000 - Number(count); i < 60_000; i++) {
    const data = Float32Array.from(images.subarray(784 * i, 784 * (i + 1)), (pixel) => Math.fround(pixel) / 255);
    for (const [layer, output] of Object.entries(forward(network, parameters, { shape: [1, 28, 28], data }))) {
      digests[layer] ??= createHash("sha256");
      digests[layer].update(new Uint8Array(output.data.buffer));
    }
  }
  for (const [layer, digest] of Object.entries(digests)) console.log(network, layer, digest.digest("hex"));
}

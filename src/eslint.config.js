// What eslint minds in the scripts of panels and in their tests.
import js from "@eslint/js";

const WAYS = ["fetch", "WebSocket", "URL", "Response", "Blob", "DecompressionStream", "atob", "btoa"];
const BROWSER = [...WAYS, "document", "location", "navigator", "crypto", "setTimeout", "clearTimeout", "ImageData"];

export default [
  js.configs.recommended,
  {
    languageOptions: { globals: Object.fromEntries(BROWSER.map((name) => [name, "readonly"])) },
    rules: { eqeqeq: "error", "no-var": "error", "prefer-const": "error", complexity: ["error", 12], "max-len": ["error", { code: 160 }] },
  },
  { files: ["test/javascript/**"], languageOptions: { globals: { globalThis: "writable", process: "readonly", console: "readonly" } } },
];

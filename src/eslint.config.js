// What eslint minds in the scripts of panels and in their tests.
import js from "@eslint/js";

const BROWSER = [
  ...["document", "location", "fetch", "WebSocket", "URL", "crypto", "setTimeout", "clearTimeout", "atob", "btoa", "ImageData", "navigator"],
  ...["Blob", "DecompressionStream", "Response"],
];

export default [
  js.configs.recommended,
  {
    languageOptions: { globals: Object.fromEntries(BROWSER.map((name) => [name, "readonly"])) },
    rules: { eqeqeq: "error", "no-var": "error", "prefer-const": "error", complexity: ["error", 12], "max-len": ["error", { code: 160 }] },
  },
  { files: ["test/javascript/**"], languageOptions: { globals: { globalThis: "writable", process: "readonly", console: "readonly" } } },
];

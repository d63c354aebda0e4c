// Who types in a panel means the panel, not the notebook around it.

/**
 * Letters typed here are no commands of the notebook, which would delete cells; Ctrl+S still saves. JupyterLab hears a key
 * on its way up. Notebook 7 hears it on its way down, but passes over an element with this mark.
 */
export function keepKeys(root) {
  const mark = (element, marked) => element.toggleAttribute("data-lm-suppress-shortcuts", marked);
  const heard = (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    mark(event.target, plain);
    if (plain) event.stopPropagation();
  };
  root.addEventListener("keydown", heard);
  root.addEventListener("keyup", heard);
  root.addEventListener("focusin", (event) => mark(event.target, true));
}

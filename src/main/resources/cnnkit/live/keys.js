// Who types in a panel means the panel, not the notebook around it.

/**
 * Letters typed here are no commands of the notebook, which would delete cells; Ctrl+S still saves. JupyterLab hears a key
 * on its way up. Notebook 7 hears it on its way down, but passes over an element with this mark.
 */
export function keepKeys(root) {
  const heard = (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.altKey);
    event.target.toggleAttribute("data-lm-suppress-shortcuts", plain);
    if (plain && event.key) event.stopPropagation(); // that an element was chosen is for the notebook to know, too
  };
  ["focusin", "keydown", "keyup"].map((type) => root.addEventListener(type, heard));
}

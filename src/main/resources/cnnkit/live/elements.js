// What all panels share: elements of the page, and sentences with values in them.

/** An element with properties and children. */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** A sentence with values in the places of its %s. */
export function filled(text, ...values) {
  return values.reduce((sentence, value) => sentence.replace("%s", () => value), text);
}

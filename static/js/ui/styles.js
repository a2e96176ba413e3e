// Style sheets of what is loaded late.

/** How long until a style sheet that did not arrive is asked for again, ms. */
const AGAIN = 2000;

/** @type {Map<string, Promise<unknown>>} */
const asked = new Map();

/**
 * If it fails to arrive it is asked for until it does.
 *
 * @param {string} name of a file of css/
 * @returns {Promise<unknown>} resolves once it has arrived, or failed for the first time
 */
export function loadStyles(name) {
  const known = asked.get(name) ?? load(name);
  asked.set(name, known);
  return known;
}

/** @param {string} name */
function load(name) {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = new URL(`../../css/${name}.css`, import.meta.url).href;
  document.head.append(link);
  return new Promise((resolve) => {
    link.onload = resolve;
    link.onerror = () => {
      link.remove();
      setTimeout(() => void load(name), AGAIN);
      resolve(null);
    };
  });
}

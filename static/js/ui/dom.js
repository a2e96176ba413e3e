// Builds elements: the few lines that a framework would be here.

const SVG = 'http://www.w3.org/2000/svg';
const MATH = 'http://www.w3.org/1998/Math/MathML';

/** @typedef {(event: any) => void} Listener */
/** @typedef {Readonly<Record<string, string | number | boolean | Listener>>} Attributes `onclick` and its like are listeners */
/** @typedef {Node | string | null | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function html(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  fill(element, attributes, children);
  return element;
}

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = /** @type {SVGElementTagNameMap[Tag]} */ (document.createElementNS(SVG, tag));
  fill(element, attributes, children);
  return element;
}

/**
 * @param {string} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {Element}
 */
export function math(tag, attributes = {}, ...children) {
  const element = document.createElementNS(MATH, tag);
  fill(element, attributes, children);
  return element;
}

/**
 * @param {Element} element
 * @param {Attributes} attributes
 * @param {Child[]} children
 */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice('on'.length), value);
    else if (value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) if (child) element.append(child);
}

/**
 * @param {Attributes} attributes
 * @param {...Child} children
 */
export function button(attributes, ...children) {
  return html('button', { type: 'button', ...attributes }, ...children);
}

/** @param {string} name of a symbol in templates/partials/icons.html */
export function icon(name) {
  const shape = svg('use', { href: `#icon-${name}` });
  return svg('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': true }, shape);
}

/**
 * Writes a text only where it differs: an unchanged one costs no layout, and a node that there is costs
 * less of it than a new one.
 *
 * @param {Element} element
 * @param {string} text
 */
export function say(element, text) {
  const { firstChild: first } = element;
  if (!(first instanceof Text) || first.nextSibling) {
    if (element.textContent !== text) element.textContent = text;
  } else if (first.data !== text) first.data = text;
}

/**
 * Puts other children in the place of those that there are; what has the focus keeps it, by its id.
 *
 * @param {HTMLElement} element
 * @param {readonly Node[]} children
 */
export function refill(element, children) {
  const at = element.contains(document.activeElement) ? document.activeElement?.id : '';
  element.replaceChildren(...children);
  if (at) document.getElementById(at)?.focus();
}

/**
 * @template {Element} Kind
 * @param {string} selector
 * @param {new () => Kind} kind
 * @param {ParentNode} [within]
 * @returns {Kind}
 */
export function find(selector, kind, within = document) {
  const element = within.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`The page has no ${selector}.`);
  return element;
}

/**
 * Gives a file to whoever asked for it, as a download.
 *
 * @param {Blob} blob
 * @param {string} download its name
 * @returns {string} its name
 */
export function saveFile(blob, download) {
  const href = URL.createObjectURL(blob);
  html('a', { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href)); // once the browser has it
  return download;
}

/**
 * A stroke as a line in a picture whose sides are 1.
 *
 * @param {{ points: readonly (readonly [number, number])[], width: number }} stroke
 * @param {number} [least] width of the line
 */
export function strokeLine({ points, width }, least = 0) {
  const at = points.map((point) => point.join(',')).join(' ');
  return svg('polyline', { points: at, 'stroke-width': Math.max(least, width) });
}

/** @param {number} px @returns {number} fine enough for a line or a path */
export const tenth = (px) => Math.round(10 * px) / 10;

/** @param {number} part 0..1 @returns {string} for a style, not for a reader */
export const percentage = (part) => `${Math.round(1e4 * part) / 100}%`;

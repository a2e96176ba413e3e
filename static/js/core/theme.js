// Dark or light, and the colours of the present one, read from the tokens once per theme.

import { recall, remember } from './store.js';

/** @typedef {'dark' | 'light'} ThemeName */

const TOKENS = /** @type {const} */ ([
  'bg',
  'raised',
  'line',
  'line2',
  'ink',
  'ink2',
  'ink3',
  'accent',
  'window',
  'focus',
  'pos',
  'neg',
  'halo',
  'scrim',
  'font',
]);
const STOPS = 9;
const CLASSES = 10;

/**
 * @typedef {object} Theme
 * @property {ThemeName} name
 * @property {Readonly<Record<(typeof TOKENS)[number], string>>} tokens
 * @property {readonly string[]} pos stops of the arm above zero, as hexadecimal colours
 * @property {readonly string[]} neg stops of the arm below zero
 * @property {readonly string[]} image paper, ink
 * @property {readonly string[]} classes of points; where there are more classes they begin anew
 */

/**
 * @typedef {object} Themes
 * @property {() => Theme} current
 * @property {() => void} toggle
 * @property {() => void} renew reads the tokens anew, where style sheets say others now
 * @property {() => void} end
 */

/**
 * @param {HTMLElement} root
 * @param {(theme: Theme) => void} onChange
 * @returns {Themes}
 */
export function createTheme(root, onChange) {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const paper = matchMedia('print');
  /** @type {Map<ThemeName, Theme>} */
  const read = new Map();
  const ending = new AbortController();

  /** @returns {ThemeName} */
  function wanted() {
    if (paper.matches) return 'light';
    const chosen = recall('theme');
    if (chosen === 'dark' || chosen === 'light') return chosen;
    return system.matches ? 'dark' : 'light';
  }

  function current() {
    const name = wanted();
    root.dataset['theme'] = name;
    const theme = read.get(name) ?? readTheme(name, getComputedStyle(root));
    read.set(name, theme);
    return theme;
  }

  for (const asked of [system, paper])
    asked.addEventListener('change', () => onChange(current()), { signal: ending.signal });

  return {
    current,
    toggle() {
      remember('theme', wanted() === 'dark' ? 'light' : 'dark');
      onChange(current());
    },
    renew() {
      read.clear();
      onChange(current());
    },
    end: () => ending.abort(),
  };
}

/**
 * @param {ThemeName} name
 * @param {CSSStyleDeclaration} style
 * @returns {Theme}
 */
export function readTheme(name, style) {
  const value = (/** @type {string} */ token) => style.getPropertyValue(`--${token}`).trim();
  const tokens = Object.fromEntries(TOKENS.map((token) => [token, value(token)]));
  const arm = (/** @type {string} */ prefix, /** @type {number} */ count) =>
    Array.from({ length: count }, (_, stop) => value(`${prefix}-${stop}`));
  return {
    name,
    tokens: /** @type {Theme['tokens']} */ (tokens),
    pos: arm('pos', STOPS),
    neg: arm('neg', STOPS),
    image: arm('image', 2),
    classes: arm('class', CLASSES),
  };
}

// Small controls of a section: a number, a slider, a switch, names of which one can be taken.

import { short } from '../text/numbers.js';
import { message } from '../text/messages.js';
import { numberTyped } from '../text/typed.js';
import { button, html, say } from './dom.js';

/**
 * @param {object} options
 * @param {string} options.name
 * @param {number} options.least
 * @param {number} options.most
 * @param {(value: number) => void} options.change
 */
export function createNumber({ name, least, most, change }) {
  const field = html('input', { type: 'text', inputmode: 'decimal', autocomplete: 'off' });
  const wrong = html('span', { class: 'matrix-wrong', role: 'status' });
  const element = html('label', { class: 'number' }, html('span', {}, name), field, wrong);
  let now = 0;

  /** @param {boolean} good */
  function judge(good) {
    field.ariaInvalid = good ? null : 'true';
    const gaps = { text: field.value, least: short(least), most: short(most) };
    say(wrong, good ? '' : message('bench.number.wrong', gaps));
  }
  field.addEventListener('input', () => {
    const value = numberTyped(field.value);
    const good = value !== null && value >= least && value <= most;
    judge(good);
    if (good) change(value);
  });
  field.addEventListener('keydown', (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (!by) return;
    event.preventDefault();
    const next = Math.min(most, Math.max(least, now + by));
    field.value = short(next); // what stood there may have been no number
    judge(true);
    change(next);
  });
  field.addEventListener('blur', () => {
    judge(true);
    field.value = short(now);
  });
  return {
    element,
    /** @param {number} value */
    show(value) {
      now = value;
      if (numberTyped(field.value) !== value && field.ariaInvalid !== 'true')
        field.value = short(value);
    },
  };
}

/**
 * A whole number on a slider, written beside it.
 *
 * @param {object} options
 * @param {string} options.name
 * @param {number} options.least
 * @param {number} options.most
 * @param {number} [options.step]
 * @param {(value: number) => void} options.change
 */
export function createSlider({ name, least, most, step = 1, change }) {
  const range = { type: 'range', min: least, max: most, step };
  const field = html('input', { ...range, 'aria-label': name });
  const written = html('output');
  field.addEventListener('input', () => change(Number(field.value)));
  return {
    element: html('label', { class: 'slider' }, html('span', {}, name), field, written),
    /** @param {number} value */
    show(value) {
      field.value = String(value);
      say(written, short(value));
    },
  };
}

/** @param {string} name @param {(on: boolean) => void} change */
export function createSwitch(name, change) {
  const box = html('input', { type: 'checkbox', role: 'switch' });
  box.addEventListener('change', () => change(box.checked));
  return {
    element: html('label', { class: 'row switch-row' }, name, box),
    /** @param {boolean} on */
    show: (on) => void (box.checked = on),
  };
}

/**
 * @param {string} title
 * @param {Readonly<Record<string, string>>} words by name
 * @param {(name: string) => void} take
 */
export function createChoice(title, words, take) {
  const buttons = Object.entries(words).map(([name, word]) =>
    button({ class: 'action', onclick: () => take(name) }, word),
  );
  const group = { class: 'choice', role: 'group', 'aria-label': title };
  return {
    element: html('div', group, ...buttons),
    /** @param {string} chosen the one that is in use; where there is always one */
    show(chosen) {
      Object.keys(words).forEach((name, i) => {
        const one = buttons[i];
        if (one) one.ariaPressed = String(name === chosen);
      });
    },
  };
}

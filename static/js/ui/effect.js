// The switch of quantities, what the cells show while one is pinned; and any row of choices.

import { message } from '../text/messages.js';
import { html, say } from './dom.js';

/**
 * @typedef {object} Choice of a quantity
 * @property {Readonly<Record<string, string>>} words of all, by name
 * @property {string} chosen its name
 * @property {string} text what stands in the cells meanwhile, or in the cell that is pointed at
 * @property {string} formula the same for those who know derivatives
 * @property {(name: string) => void} choose
 */

/** Choices that were made. */
let count = 0;

/** For an account's head: hidden while nothing is pinned. */
export function createQuantitySwitch() {
  /** @type {Choice | null} */
  let present = null;
  /** @type {ReturnType<typeof choiceOf> | null} */
  let choices = null;
  const legend = html('legend', { class: 'unseen' }, message('effect.title'));
  const element = html('fieldset', { class: 'effect', hidden: true }, legend);
  const text = html('span', { class: 'effect-text' });

  /** @param {Choice['words']} words */
  function offer(words) {
    const made = choiceOf(words, (name) => present?.choose(name));
    element.append(made.element);
    return made;
  }

  return {
    element,
    text,
    /** @param {Choice | null} choice */
    show(choice) {
      present = choice;
      element.hidden = !choice;
      text.hidden = !choice?.text;
      if (!choice) return;
      choices ??= offer(choice.words);
      choices.choose(choice.chosen);
      element.title = choice.formula;
      say(text, choice.text);
    },
  };
}

/**
 * @param {Readonly<Record<string, string>>} words by value
 * @param {(value: string) => void} onChoose
 */
export function choiceOf(words, onChoose) {
  const name = `choice-${++count}`; // of radio buttons with one name, one is chosen in the whole page
  const inputs = Object.keys(words).map((value) => html('input', { type: 'radio', name, value }));
  const labels = inputs.map((input) =>
    html('label', {}, input, html('span', {}, words[input.value] ?? '')),
  );
  const element = html('span', { class: 'segments' }, ...labels);
  element.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement) onChoose(target.value);
  });
  return {
    element,
    /** @param {string} value */
    choose(value) {
      for (const input of inputs) input.checked = input.value === value;
    },
  };
}

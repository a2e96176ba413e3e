// A question that the confusion matrix answers: of which class are most images misread?

import { message } from '../text/messages.js';
import { grouped } from '../text/numbers.js';
import { button, html, say } from '../ui/dom.js';
import { missedOf } from './list.js';

/** @import { Readings } from '../wire/readings.js' */

/** @param {HTMLElement} element @param {readonly string[]} classes */
export function askWhich(element, classes) {
  /** @type {readonly number[]} */
  let missed = [];
  const verdict = html('p', { class: 'verdict', role: 'status', hidden: true });
  const guesses = classes.map((name, guess) =>
    button({ class: 'action', 'aria-pressed': 'false', onclick: () => judge(guess) }, name),
  );
  element.append(
    html(
      'p',
      { id: 'gallery-question' },
      html('b', {}, message('mistakes.question')),
      ` ${message('mistakes.question.which')}`,
    ),
    html('div', { class: 'guesses' }, ...guesses),
    verdict,
  );

  /** @param {number} guess */
  function judge(guess) {
    for (const [k, one] of guesses.entries()) one.ariaPressed = String(k === guess);
    verdict.hidden = false;
    say(verdict, verdictOf(missed, guess, classes));
  }
  return {
    /** @param {Readings['confusion']} confusion */
    show(confusion) {
      missed = missedOf(confusion);
      element.hidden = missed.every((count) => count === 0);
    },
  };
}

/** @param {readonly number[]} missed by true class @param {number} guess @param {readonly string[]} classes @returns {string} */
export function verdictOf(missed, guess, classes) {
  const most = Math.max(...missed);
  const own = missed[guess] ?? 0;
  const gaps = { name: classes[guess] ?? '', count: own, images: grouped(own) };
  if (own === most) return message('mistakes.question.right', gaps);
  const worst = classes[missed.indexOf(most)] ?? '';
  return message('mistakes.question.wrong', { ...gaps, worst, most: grouped(most) });
}

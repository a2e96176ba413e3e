// What the network says: the first guess large, the second beside it.

import { find, html, say } from './dom.js';

/** @import { Unread } from '../scene/account.js' */
/** @import { Account } from '../scene/types.d.ts' */

/** Screen readers hear the guess only once it has stayed for so long. */
const CALM = 900;
const LONG_NAME = 2;
const NO_INK = 'Come nearer, with more light.';
/** @type {Readonly<Record<Unread, readonly [what: string, more: string]>>} */
const NOTHING = {
  '': ['No digit yet.', 'Draw one, or take a sample.'],
  away: ['The server does not answer.', 'Your drawing is kept.'],
  busy: ['Not read yet.', 'The server takes a little longer.'],
};

/** @param {HTMLElement} output */
export function createPrediction(output) {
  const digit = find('.digit', HTMLElement, output);
  const doubt = find('.doubt', HTMLElement, output);
  const first = find('.first', HTMLElement, output);
  const second = find('.second', HTMLElement, output);
  const said = find('.unseen', HTMLElement, output);
  const strong = html('b');
  const rest = document.createTextNode('');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {string} sentence */
  function announce(sentence) {
    clearTimeout(timer);
    timer = setTimeout(() => say(said, sentence), CALM);
  }

  /** @param {{ readonly reason: string } | null} inkless @param {Unread} unread */
  function showNothing(inkless, unread) {
    const [what, more] = inkless
      ? ['No ink was found in this picture.', inkless.reason || NO_INK]
      : NOTHING[unread];
    delete output.dataset['digit'];
    delete output.dataset['probability'];
    output.removeAttribute('data-unsure');
    say(digit, '?');
    say(first, what);
    say(second, more);
    announce(inkless || unread ? `${what} ${more}` : '');
  }

  /**
   * @param {Account | null} answer
   * @param {{ readonly reason: string } | null} inkless why a picture has no answer
   * @param {Unread} unread why what is drawn has none yet
   */
  function show(answer, inkless, unread) {
    if (answer?.kind !== 'answer') return showNothing(inkless, unread);
    const best = answer.rows.find(({ rank }) => rank === 0);
    output.dataset['digit'] = answer.name;
    output.dataset['probability'] = String(best?.probability ?? 0);
    say(digit, answer.name);
    digit.toggleAttribute('data-long', answer.name.length > LONG_NAME);
    const but = answer.doubtText;
    output.toggleAttribute('data-unsure', but !== '');
    say(doubt, but);
    say(first, answer.probabilityText);
    if (answer.second) {
      strong.textContent = answer.second.name;
      rest.data = ` with ${answer.second.probabilityText}`;
      if (strong.parentNode !== second) second.replaceChildren('then ', strong, rest);
    } else say(second, '');
    announce(`${but.replace(/[^.]$/, '$&.')} ${answer.name}, ${answer.probabilityText}`.trim());
  }

  return { show };
}

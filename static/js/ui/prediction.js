// What the network says: the first guess large, the second beside it.

import { message, pieces } from '../text/messages.js';
import { find, html, say } from './dom.js';

/** @import { Unread } from '../scene/account.js' */
/** @import { Key } from '../text/messages.js' */
/** @import { Account } from '../scene/types.d.ts' */

/** Screen readers hear the guess only once it has stayed for so long. */
const CALM = 900;
const LONG_NAME = 2;
/** @type {Readonly<Record<Unread | 'example', readonly [what: Key, more: Key]>>} */
const NOTHING = {
  '': ['guess.none', 'guess.draw'],
  example: ['guess.none', 'guess.draw'],
  away: ['guess.away', 'guess.kept'],
  busy: ['guess.unread', 'guess.busy'],
};

/** @param {HTMLElement} output */
export function createPrediction(output) {
  const digit = find('.digit', HTMLElement, output);
  const doubt = find('.doubt', HTMLElement, output);
  const first = find('.first', HTMLElement, output);
  const second = find('.second', HTMLElement, output);
  const said = find('.unseen', HTMLElement, output);
  const strong = html('b');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let rival = ''; // the second guess that is shown

  /** @param {string} sentence */
  function announce(sentence) {
    clearTimeout(timer);
    timer = setTimeout(() => say(said, sentence), CALM);
  }

  /** @param {string} sign @param {string} what @param {string} more @param {string} heard */
  function showNothing(sign, what, more, heard) {
    delete output.dataset['digit'];
    delete output.dataset['probability'];
    output.removeAttribute('data-unsure');
    say(digit, sign);
    digit.toggleAttribute('data-long', sign.length > LONG_NAME);
    say(first, what);
    say(second, more);
    rival = '';
    announce(heard);
  }

  /**
   * @param {Account | null} answer
   * @param {{ readonly reason: string } | null} inkless why a picture has no answer
   * @param {Unread | 'example'} why what is drawn has none yet; the answer to an example is only seen
   */
  function show(answer, inkless, why) {
    if (answer?.kind !== 'answer' || why === 'example')
      return showNothing(...nothing(answer, inkless, why));
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
      const share = answer.second.probabilityText;
      if (rival !== `${answer.second.name} ${share}`)
        second.replaceChildren(...pieces('guess.second', { class: strong, share }));
      rival = `${answer.second.name} ${share}`;
    } else say(second, (rival = ''));
    const told = { class: answer.name, share: answer.probabilityText };
    announce(message(but ? 'guess.said.unsure' : 'guess.said', { ...told }));
  }

  return { show };
}

/**
 * @param {Account | null} answer
 * @param {{ readonly reason: string } | null} inkless
 * @param {Unread | 'example'} why
 * @returns {[sign: string, what: string, more: string, heard: string]}
 */
function nothing(answer, inkless, why) {
  if (why === 'example' && answer?.kind === 'answer') {
    const what = message('guess.example', { share: answer.probabilityText });
    return [answer.name, what, message('guess.draw'), ''];
  }
  const [what, more] = inkless
    ? [message('guess.inkless'), inkless.reason || message('guess.near')]
    : [message(NOTHING[why][0]), message(NOTHING[why][1])];
  return ['?', what, more, inkless || why ? `${what} ${more}` : ''];
}

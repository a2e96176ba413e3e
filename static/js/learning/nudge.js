// The check of a gradient, on demand: the number is nudged a little to both sides, and the loss moves.

import { message } from '../text/messages.js';
import { compared } from '../text/differences.js';
import { digitsFor, own, short, unitsOf, written } from '../text/numbers.js';
import { button, find, html, say } from '../ui/dom.js';

/** @import { Nudge } from '../kinds/gradient.d.ts' */
/** @import { LearnState, LearnStore } from './state.js' */

/** Digits of losses, so that what they differ by has four. */
const MOST = 12;
const LEAST = 6;
const MORE = 4;

/** @param {LearnStore} store @param {HTMLElement} section */
export function openNudge(store, section) {
  const place = find('.nudge', HTMLElement, section);
  const act = button(
    { class: 'action', onclick: () => store.set({ nudges: !store.get().nudges }) },
    message('learning.nudge'),
  );
  const says = html('p', { role: 'status' });
  place.append(act, says);
  return {
    /** @param {Readonly<LearnState>} state */
    show({ told, nudges, quantity }) {
      const nudge = quantity === 'gradient' ? told?.nudge : null;
      place.hidden = !nudge || !told;
      act.ariaPressed = String(nudges);
      say(says, nudges && nudge && told ? nudgeText(nudge, told.value) : '');
    },
  };
}

/** @param {Nudge} nudge @param {number} gradient @returns {string} */
export function nudgeText({ epsilon, losses, quotient, crossings, crossed }, gradient) {
  const wanted = MORE - Math.floor(Math.log10(2 * epsilon * Math.abs(quotient) || 1));
  const decimals = Math.min(MOST, Math.max(LEAST, wanted));
  const [less, more] = losses;
  const texts = compared(
    { value: less, digits: { decimals, exponent: 0 } },
    { value: more, digits: { decimals, exponent: 0 } },
  );
  const digits = digitsFor(gradient, Math.abs(quotient));
  const gaps = {
    ...{ epsilon: short(epsilon), less: texts.first, more: texts.second },
    difference: texts.difference,
    quotient: written(unitsOf(quotient, digits), digits),
    gradient: gradient ? written(unitsOf(gradient, digits), digits) : own(0),
  };
  const [first] = crossings;
  const corner = first
    ? message(/** @type {any} */ (`learning.crossed.${first.what}`), {
        layer: first.layer,
        count: crossed,
      })
    : '';
  return [message('learning.nudged', gaps), corner].filter(Boolean).join(' ');
}

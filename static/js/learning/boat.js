// The essay's boat: how wrong four shares are, term by term, and real steps on the scores behind them,
// down either loss.

import { message } from '../text/messages.js';
import { own, short } from '../text/numbers.js';
import { button, find, html, say } from '../ui/dom.js';
import { choiceOf } from '../ui/effect.js';
import { untilAnswered } from '../wire/ask.js';
import { fetchScoreSteps } from '../wire/scores.js';
import { createError, createGradients, createMatrix } from './boat/tables.js';

/** @import { ScoreMoment } from '../wire/types.d.ts' */

/** What the essay's network says, what it should say, and what the essay has it say later. */
const TARGET = 2;
const BOAT = { shares: [0.2, 0.4, 0.1, 0.3], target: TARGET };
const LATER = [0.1, 0.1, 0.7, 0.1];

const RATES = [0.1, 1, 3, 10];
const TEN = 10;
const MOST = 100;

/** @typedef {'cross_entropy' | 'squared_error'} Loss */
/** @typedef {{ loss: Loss, rate: number, steps: number }} Wanted */

/** @param {HTMLElement} section */
export function openBoat(section) {
  /** @type {Wanted} */
  let wanted = { loss: 'cross_entropy', rate: 1, steps: 0 };
  let asked = 0;
  let chosen = TARGET;
  /** @type {readonly ScoreMoment[]} */
  let moments = [];
  const error = createError(TARGET);
  const gradients = createGradients(TARGET);
  const matrix = createMatrix((unit) => {
    chosen = unit;
    show();
  });
  const hands = createHands(() => wanted, want);
  const told = html('p', { class: 'boat-told', role: 'status' });
  find('.boat-error', HTMLElement, section).append(error.element);
  find('.boat-steps', HTMLElement, section).append(hands.element, told, gradients.element);
  find('.boat-matrix', HTMLElement, section).append(matrix.element);

  /** What is asked for later is shown, whenever it is answered. @param {Partial<Wanted>} patch */
  async function want(patch) {
    wanted = { ...wanted, ...patch };
    const number = ++asked;
    hands.show(wanted);
    const answer = await untilAnswered(() => fetchScoreSteps({ ...BOAT, ...wanted }));
    if (number !== asked) return;
    ({ moments } = answer);
    show();
  }

  function show() {
    const [first, now] = [moments[0], moments.at(-1)];
    if (!first || !now) return;
    gradients.show(now);
    matrix.show(now, chosen);
    say(told, toldOf(first, now, moments.length - 1, wanted.loss));
  }

  void want({});
  for (const [column, question] of [BOAT, { ...BOAT, shares: LATER }].entries())
    void untilAnswered(() => fetchScoreSteps(question)).then(({ moments: [moment] }) => {
      if (moment) error.show(column, moment);
    });
}

/** @param {() => Wanted} now @param {(patch: Partial<Wanted>) => void} want */
function createHands(now, want) {
  const words = {
    cross_entropy: message('learning.loss.cross_entropy'),
    squared_error: message('learning.loss.squared_error'),
  };
  const losses = choiceOf(words, (loss) => want({ loss: /** @type {Loss} */ (loss) }));
  const named = RATES.map((rate) => [nameOf(rate), short(rate)]);
  const rates = choiceOf(Object.fromEntries(named), (name) =>
    want({ rate: RATES.find((rate) => nameOf(rate) === name) ?? 1 }),
  );
  const walk = (/** @type {number} */ count) => () =>
    want({ steps: Math.min(MOST, now().steps + count) });
  const one = button({ class: 'action', onclick: walk(1) }, message('learning.boat.one'));
  const ten = button({ class: 'action', onclick: walk(TEN) }, message('learning.boat.ten'));
  const begin = { class: 'action', onclick: () => want({ steps: 0 }) };
  const back = button(begin, message('learning.boat.back'));
  const down = field('learning.boat.down', losses.element);
  const rate = field('learning.rate', rates.element);
  const buttons = html('div', { class: 'boat-buttons' }, one, ten, back);
  return {
    element: html('div', { class: 'boat-hands' }, down, rate, buttons),
    /** @param {Wanted} wanted */
    show({ loss, rate, steps }) {
      losses.choose(loss);
      rates.choose(nameOf(rate));
      one.disabled = ten.disabled = steps >= MOST;
      back.disabled = !steps;
    },
  };
}

/** Names that are numbers would not stay in their order. @param {number} rate */
const nameOf = (rate) => `rate ${rate}`;

/** @param {ScoreMoment} first @param {ScoreMoment} now @param {number} count @param {Loss} loss */
function toldOf(first, now, count, loss) {
  const [entropy, squares] = /** @type {const} */ (['cross_entropy', 'squared_error']).map((name) =>
    [...new Set([first, now])].map(({ losses }) => own(losses[name] ?? NaN)).join(' → '),
  );
  const gaps = { entropy: entropy ?? '', squares: squares ?? '' };
  if (!count) return message('learning.boat.begins', gaps);
  return message('learning.boat.stands', {
    count,
    down: message(`learning.loss.${loss}`),
    ...gaps,
  });
}

/** @param {Parameters<typeof message>[0]} key @param {HTMLElement} content */
function field(key, content) {
  return html('fieldset', { class: 'boat-field' }, html('legend', {}, message(key)), content);
}

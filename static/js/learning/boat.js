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
const SAYS = [0.2, 0.4, 0.1, 0.3];
const LATER = [0.1, 0.1, 0.7, 0.1];
const TARGET = 2;

const RATES = [0.1, 1, 3, 10];
const TEN = 10;
const MOST = 100;

/** @typedef {'cross_entropy' | 'squared_error'} Loss */

/** @param {HTMLElement} section */
export function openBoat(section) {
  /** What is wanted; a number asked for later than another is answered later, too. */
  const wanted = { loss: /** @type {Loss} */ ('cross_entropy'), rate: 1, steps: 0 };
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
  const told = html('p', { class: 'boat-told', role: 'status' });
  const losses = choiceOf(
    {
      cross_entropy: message('learning.loss.cross_entropy'),
      squared_error: message('learning.loss.squared_error'),
    },
    (loss) => want({ loss: /** @type {Loss} */ (loss) }),
  );
  const rates = choiceOf(Object.fromEntries(RATES.map((rate) => [`${rate}`, short(rate)])), (rate) =>
    want({ rate: Number(rate) }),
  );
  const step = (/** @type {number} */ count) => () =>
    want({ steps: Math.min(MOST, wanted.steps + count) });
  const [one, ten, back] = [
    button({ class: 'action', onclick: step(1) }, message('learning.boat.one')),
    button({ class: 'action', onclick: step(TEN) }, message('learning.boat.ten')),
    button({ class: 'action', onclick: () => want({ steps: 0 }) }, message('learning.boat.back')),
  ];
  const hands = html(
    'div',
    { class: 'boat-hands' },
    field('learning.boat.down', losses.element),
    field('learning.rate', rates.element),
    html('div', { class: 'boat-buttons' }, one, ten, back),
  );
  find('.boat-error', HTMLElement, section).append(error.element);
  find('.boat-steps', HTMLElement, section).append(hands, told, gradients.element);
  find('.boat-matrix', HTMLElement, section).append(matrix.element);

  /** @param {Partial<typeof wanted>} patch */
  async function want(patch) {
    Object.assign(wanted, patch);
    const number = ++asked;
    const question = { shares: SAYS, target: TARGET, ...wanted };
    const answer = await untilAnswered(() => fetchScoreSteps(question));
    if (number !== asked) return; // more was asked meanwhile
    ({ moments } = answer);
    show();
  }

  function show() {
    const [first, now] = [moments[0], moments.at(-1)];
    if (!first || !now) return;
    const count = moments.length - 1;
    losses.choose(wanted.loss);
    rates.choose(`${wanted.rate}`);
    one.disabled = ten.disabled = count >= MOST;
    back.disabled = !count;
    gradients.show(now, count);
    matrix.show(now, chosen);
    say(told, toldOf(first, now, count, wanted.loss));
  }

  void want({});
  const later = { shares: LATER, target: TARGET };
  const before = { shares: SAYS, target: TARGET };
  for (const [column, question] of [before, later].entries())
    void untilAnswered(() => fetchScoreSteps(question)).then(({ moments: [moment] }) => {
      if (moment) error.show(column, moment);
    });
}

/** @param {ScoreMoment} first @param {ScoreMoment} now @param {number} count @param {Loss} loss */
function toldOf(first, now, count, loss) {
  const say = (/** @type {ScoreMoment} */ { losses }) => ({
    entropy: own(losses['cross_entropy'] ?? NaN),
    squares: own(losses['squared_error'] ?? NaN),
  });
  if (!count) return message('learning.boat.begins', say(first));
  const { entropy, squares } = say(first);
  const down = message(`learning.loss.${loss}`);
  return message('learning.boat.stands', { count, down, ...say(now), before: entropy, squared: squares });
}

/** @param {Parameters<typeof message>[0]} key @param {HTMLElement} content */
function field(key, content) {
  return html('fieldset', { class: 'boat-field' }, html('legend', {}, message(key)), content);
}

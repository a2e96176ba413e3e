// What is said of each phase, with the numbers of the drawing.

import { agreeing } from '../kinds/parts/equation.js';
import { answerText, ranked } from '../kinds/traits.js';
import { compared } from '../text/differences.js';
import { known, message } from '../text/messages.js';
import { digitsFor, unitsOf, written } from '../text/numbers.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Phase } from './phases.js' */
/** @import { LearnState } from './state.js' */

/** Of a loss that is told beside another one. */
const FIGURES = 3;

/** What is said where going back begins, by loss. @type {Readonly<Record<string, import('../text/messages.js').Key>>} */
const STARTS = { cross_entropy: 'learning.start.surprise', hinge: 'learning.start.margins' };
const MARGINS = 'learning.back.margins';
/** What losses are beside cross-entropy, which is told with its share. @type {Readonly<Record<string, import('../text/messages.js').Key>>} */
const OTHERS = { squared_error: 'learning.loss.squares', hinge: 'learning.loss.margins' };

/** @param {number} value @returns {import('../text/differences.js').Figure} */
const figure = (value) => ({ value, digits: digitsFor(value, 0, FIGURES, 2) });

/**
 * @param {Graph} graph
 * @param {Phase} phase
 * @param {Readonly<LearnState>} state
 * @returns {string} what happens in a phase; '' while its numbers are not there
 */
export function phaseText(graph, phase, state) {
  const { read, step } = state;
  if (!read) return message('learning.draw');
  if (!step) return '';
  switch (phase.name) {
    case 'forward':
      return forwardText(graph, state);
    case 'loss':
      return lossText(state);
    case 'backward':
      return backText(graph, phase.layer, state);
    case 'update':
      return message(`learning.update.${state.wanted.optimiser === 'sgd' ? 'plain' : 'more'}`);
    default:
      return afterText(state);
  }
}

/** @param {Graph} graph @param {Readonly<LearnState>} state */
function forwardText(graph, { read, wanted: { target } }) {
  const shares = read?.tensors.get(graph.output)?.data ?? [];
  const guess = ranked(shares)[0] ?? -1;
  const said = (/** @type {number} */ one) => ({
    class: graph.classes[one] ?? String(one),
    share: answerText(graph, shares, one),
  });
  const [first, wanted] = [said(guess), said(target)];
  const gaps = {
    guess: first.class,
    share: first.share,
    target: wanted.class,
    other: wanted.share,
  };
  return message(guess === target ? 'learning.forward.right' : 'learning.forward', gaps);
}

/** @param {Readonly<LearnState>} state */
function lossText({ step, wanted: { loss: kind } }) {
  const loss = Number(step?.tensors.get('losses')?.data[0] ?? 0);
  const key = OTHERS[kind];
  if (key) return message(key, { loss: text(loss) });
  const share = Number(step?.tensors.get('loss/read')?.data[0] ?? 0);
  const { digits, numbers } = agreeing(loss, [share], (one) => -Math.log(one));
  return message('learning.loss', {
    share: written(unitsOf(share, numbers[0] ?? digits), numbers[0] ?? digits),
    loss: written(unitsOf(loss, digits), digits),
  });
}

/** @param {number} value */
function text(value) {
  const digits = digitsFor(value);
  return written(unitsOf(value, digits), digits);
}

/** @param {Graph} graph @param {string} layer @param {Readonly<LearnState>} state */
function backText(graph, layer, { wanted: { loss } }) {
  const readers = graph.readers(layer);
  const [first] = readers;
  if (first === undefined) return message(STARTS[loss] ?? 'learning.start.squares');
  const scores = loss === 'hinge' && first === graph.output;
  const key = scores ? MARGINS : known(`learning.back.${graph.layer(first).kind}`);
  const how = message(key ?? 'learning.back.other', { reader: first });
  const several = readers.length > 1 && message('learning.back.several', { count: readers.length });
  return [how, several].filter(Boolean).join(' ');
}

/** @param {Readonly<LearnState>} state @returns {string} "The loss fell from 1.83 to 1.71." */
function afterText({ step }) {
  const [before = 0, after = 0] = Array.from(step?.tensors.get('losses')?.data ?? [], Number);
  const { first, second } = compared(figure(before), figure(after));
  const how = after < before ? 'fell' : after > before ? 'rose' : 'stayed';
  return message(`learning.after.${how}`, { before: first, after: second });
}

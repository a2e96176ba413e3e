// A question about the history, answered by looking: how soon nine of ten digits are read right.

import { message } from '../../text/messages.js';
import { grouped } from '../../text/numbers.js';
import { percent } from '../../text/shares.js';
import { button, html, say } from '../../ui/dom.js';
import { goTo } from './state.js';

/** @import { HistoryState, HistoryStore, Trained } from './state.js' */

const ENOUGH = 0.9;
/** Shares of the whole training, each the end of a guess. */
const GUESSES = /** @type {const} */ ([
  ['early', 0.05],
  ['half', 0.5],
  ['late', 1],
]);

/** @param {HistoryStore} store */
export function createQuestion(store) {
  const ask = html('p', {}, html('b', {}, message('bench.question')), ' ');
  const asked = html('span', {}, message('history.question'));
  ask.append(asked);
  const verdict = html('p', { class: 'verdict', role: 'status', hidden: true });
  /** @type {number | null} */
  let found = null;
  const there = button(
    { class: 'action', hidden: true, onclick: () => found !== null && goTo(store, found) },
    message('history.question.see'),
  );
  const guesses = GUESSES.map(([name, end], i) => {
    const from = GUESSES[i - 1]?.[1] ?? 0;
    return button(
      { class: 'action', 'aria-pressed': 'false', onclick: (event) => judge(event, from, end) },
      message(`history.guess.${name}`),
    );
  });

  /** @param {Event} event @param {number} from @param {number} end */
  function judge({ currentTarget }, from, end) {
    const [first] = store.get().trained;
    if (!first) return;
    for (const one of guesses) one.ariaPressed = String(one === currentTarget);
    const answer = answerOf(first);
    found = answer?.place ?? null;
    const share = answer && answer.step / first.run.steps;
    const right = share !== null && share > from && share <= end;
    say(verdict, verdictText(first, right));
    verdict.hidden = false;
    there.hidden = found === null;
  }
  /** @type {Trained | undefined} */
  let shown;
  return {
    element: html(
      'div',
      { class: 'question', role: 'group', 'aria-label': message('history.question') },
      ...[ask, html('div', { class: 'guesses' }, ...guesses), verdict, there],
    ),
    /** @param {Readonly<HistoryState>} state */
    show({ trained: [first] }) {
      if (first === shown) return;
      shown = first;
      verdict.hidden = there.hidden = true;
      for (const one of guesses) one.ariaPressed = 'false';
    },
  };
}

/** The first moment that reads so many; null where none does. @param {Trained} trained */
export function answerOf({ run, lines }) {
  for (const [place, { step }] of run.history.entries()) {
    const judged = lines.find((one) => one.kind === 'evaluation' && one.step === step);
    const share = judged?.validation_accuracy ?? 0;
    if (share >= ENOUGH) return { place, step, share };
  }
  return null;
}

/** @param {Trained} trained @param {boolean} right */
function verdictText(trained, right) {
  const answer = answerOf(trained);
  if (!answer) return message('history.question.never');
  const { steps } = trained.run;
  const gaps = {
    ...{ step: grouped(answer.step), steps: grouped(steps), read: percent(answer.share) },
    share: percent(answer.step / steps),
  };
  const verdict = message(right ? 'bench.right' : 'bench.wrong');
  return `${verdict} ${message('history.question.answer', gaps)}`;
}

// The question that is shown, what of the others is told, and what explains its answer.

import { drawingText } from '../input/written.js';
import { ledParts } from '../lesson/led.js';
import { message, known } from '../text/messages.js';
import { find, html, say } from '../ui/dom.js';
import { enable } from '../ui/tools.js';
import { createCard } from './card.js';
import { tally } from './state.js';
import { said } from './words.js';

/** @import { Themes } from '../core/theme.js' */
/** @import { Model, QuizItem } from '../wire/types.d.ts' */
/** @import { createReveal } from './reveal.js' */
/** @import { Given, QuizState, QuizStore } from './state.js' */

/**
 * @param {object} options
 * @param {QuizStore} options.store
 * @param {Model} options.model
 * @param {Themes} options.theme
 * @param {ReturnType<typeof createReveal>} options.reveal
 * @param {(given: Given) => void} options.answer
 */
export function showQuestion({ store, model, theme, reveal, answer }) {
  const card = createCard({
    choose: (option) => answer({ option, typed: '', looked: false }),
    type: (typed, option) => answer({ option, typed, looked: false }),
    count(option, count) {
      const { hands, at } = store.get();
      store.set({ hands: { ...hands, [at]: { ...hands[at], [option]: count } } });
    },
  });
  const place = find('#quiz-card', HTMLElement);
  place.append(card.element);
  const heading = find('#quiz-title', HTMLElement);
  const number = find('#quiz-place', HTMLElement);
  const counted = find('#quiz-tally', HTMLElement);
  const end = find('#quiz-end', HTMLElement);
  const refused = find('#quiz-refused', HTMLElement);
  const around = find('#quiz-reveal', HTMLElement);
  const way = find('#quiz-see', HTMLAnchorElement);
  /** @type {unknown} */
  let last = null;

  /** @param {Readonly<QuizState>} state @param {QuizItem} item */
  function explain(state, item) {
    around.hidden = !state.given[state.at];
    if (around.hidden) return;
    const { layer, channel, row, column } = item.cell;
    const parts = new URLSearchParams([
      ['v', '1'],
      ['cell', [layer, channel, row, column].join('.')],
      ...ledParts(state.led),
    ]);
    const drawn = state.drawing && drawingText(state.drawing, state.drawing.pixels ?? null);
    if (drawn) parts.set('drawing', drawn);
    way.search = `?model=${encodeURIComponent(model.id)}`;
    way.hash = String(parts);
    if (last !== item) reveal.pin(item);
    last = item;
  }

  return {
    /** @param {Readonly<QuizState>} state */
    show(state) {
      const { quiz, at, refused: why } = state;
      const item = quiz?.items[at];
      say(refused, why);
      place.hidden = !item;
      if (!item) around.hidden = true;
      const total = quiz?.items.length ?? 0;
      say(heading, item ? titleOf(item.kind) : quiz ? message('quiz.nothing') : '');
      say(number, item ? message('quiz.place', { number: at + 1, total }) : '');
      say(counted, message('quiz.tally', tally(state)));
      enable('back', at > 0);
      enable('next', at + 1 < total);
      say(end, endText(state));
      enable('reveal', Boolean(item) && !state.given[at]);
      leaveOut(state);
      if (!item) return;
      card.show(state, item, theme.current());
      explain(state, item);
    },
  };
}

/** @param {string} kind */
function titleOf(kind) {
  const key = known(`item.${kind}.title`);
  return key ? message(key) : kind;
}

/** Kinds that there are no questions of, and why. @param {Readonly<QuizState>} state */
function leaveOut({ quiz }) {
  const lines = (quiz?.left_out ?? []).map(({ kind, reason }) =>
    message('quiz.without', { kind: titleOf(kind), why: said(reason) }),
  );
  const place = find('#quiz-without', HTMLElement);
  if (place.textContent === lines.join('')) return;
  place.replaceChildren(...lines.map((line) => html('li', {}, line)));
}

/** Behind the answer to the last question. @param {Readonly<QuizState>} state */
function endText({ quiz, at, given }) {
  return given[at] && at + 1 === quiz?.items.length ? message('quiz.end') : '';
}

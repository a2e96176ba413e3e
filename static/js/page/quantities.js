// Which quantity the cells show: asks the server for what the chosen one needs, and offers the others.

import { sameCell } from '../geometry/regions.js';
import { derivative } from '../scene/quantities/derivative.js';
import { QUANTITIES, sentenceOf } from '../scene/quantities/index.js';
import { shownDrawing } from './state.js';

/** @import { Cell, Graph } from '../geometry/types.d.ts' */
/** @import { Answer, QuantityKind } from '../scene/types.d.ts' */
/** @import { Choice } from '../ui/effect.js' */
/** @import { Feature, Offer, Page } from './types.d.ts' */
/** @import { PageStore, State } from './state.js' */
/** @import { Question } from '../wire/questions.js' */
/** @import { Asker } from '../wire/reader.js' */

/** What of the state decides which answers are wanted. */
const CONCERNS = /** @type {const} */ (['trace', 'pinned', 'graph', 'connection', 'play']);

/** What is asked whatever the cells show: sentences need it. */
const ALWAYS = derivative.asks;

/** Those that a visitor can choose. */
const OFFERED = Object.keys(QUANTITIES).filter((name) => QUANTITIES[name]?.offered ?? true);

/** @type {Feature} */
export const quantities = { name: 'quantities', open };

/** @param {Page} page @returns {Offer} */
function open({ store, reader, network }) {
  const questions = new Set(Object.values(QUANTITIES).flatMap(({ asks }) => asks ?? []));
  const askers = [...questions].map((question) => {
    /** @type {Asker<Question & { cell: Cell }>} */
    const asker = reader.asker({
      onAnswer({ tensors }, { cell }) {
        const wanted = cellOf(store.get(), question);
        // of the drawing as it was one answer ago: to wait until the pen rests would show older ones
        if (wanted && sameCell(wanted, cell)) put(store, question, { cell, tensors });
      },
    });
    return { question, asker };
  });

  /** @param {typeof askers[number]} asked */
  function follow({ question, asker }) {
    const state = store.get();
    const { answers, center, trace } = state;
    const cell = cellOf(state, question);
    const known = answers[question];
    if (!cell) asker.forget();
    if (known && !(cell && sameCell(cell, known.cell))) put(store, question, null);
    if (!cell) return;
    const what = `${question}?${placeOf(cell)}`;
    const drawing = shownDrawing(state);
    asker.ask({ network, what, drawing, center, moved: trace?.moved, cell });
  }

  function next() {
    const at = OFFERED.indexOf(store.get().quantity);
    store.set({ quantity: OFFERED[(at + 1) % OFFERED.length] ?? 'value' });
  }
  store.subscribe((_, changed) => {
    const all = CONCERNS.some((key) => key in changed);
    for (const one of askers)
      if (all || ('quantity' in changed && one.question !== ALWAYS)) follow(one);
  });
  askers.forEach(follow);
  return { keys: { v: next } };
}

/** @param {Cell} cell */
function placeOf({ layer, channel, row, column }) {
  return `layer=${encodeURIComponent(layer)}&channel=${channel}&row=${row}&column=${column}`;
}

/** @param {PageStore} store @param {string} question @param {Answer | null} answer null: there is none */
function put(store, question, answer) {
  const others = Object.entries(store.get().answers).filter(([name]) => name !== question);
  store.set({ answers: Object.fromEntries(answer ? [...others, [question, answer]] : others) });
}

/**
 * @param {Pick<State, 'graph' | 'trace' | 'pinned' | 'quantity' | 'play'>} state
 * @param {string} question
 * @returns {Cell | null} about which cell it is wanted
 */
function cellOf({ graph, trace, pinned, quantity, play }, question) {
  if (!graph || !trace) return null;
  if (question === ALWAYS && pinned && !play?.running) return aboutOf(graph, derivative, pinned);
  const kind = QUANTITIES[quantity];
  return kind?.asks === question && pinned ? aboutOf(graph, kind, pinned) : null;
}

/** @param {Graph} graph @param {QuantityKind} kind @param {Cell} pinned */
function aboutOf(graph, kind, pinned) {
  return kind.about?.(graph, pinned) ?? pinned;
}

/**
 * For the account of a pinned cell.
 *
 * @param {PageStore} store
 * @returns {Choice | null}
 */
export function choiceOf(store) {
  const state = store.get();
  const { graph, pinned, quantity, trace } = state;
  if (!graph || !pinned || !trace) return null;
  const kind = tellingOf(quantity);
  return {
    words: Object.fromEntries(OFFERED.map((name) => [name, QUANTITIES[name]?.word ?? name])),
    chosen: quantity,
    text: textOf(graph, state, kind, pinned),
    formula: kind.formula?.(graph, pinned) ?? '',
    choose: (chosen) => store.set({ quantity: chosen }),
  };
}

/** Beside values it is influence that is spoken of. @param {string} quantity */
function tellingOf(quantity) {
  const kind = QUANTITIES[quantity];
  return kind?.asks ? kind : derivative;
}

/**
 * @param {Graph} graph
 * @param {Readonly<State>} state
 * @param {QuantityKind} kind
 * @param {Cell} pinned
 */
function textOf(graph, { answers, pointed, quantity }, kind, pinned) {
  const answer = answers[kind.asks ?? ''];
  const other = pointed && !sameCell(pointed, pinned) ? pointed : null;
  if (!answer || !sameCell(answer.cell, aboutOf(graph, kind, pinned))) return '';
  if (!other && !QUANTITIES[quantity]?.asks) return '';
  return sentenceOf(graph, kind, answer, pinned, other);
}

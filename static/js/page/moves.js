// Lets a drawing be moved, turned and scaled: asks while its panel is open, and shows what was found.

import { ranked } from '../kinds/traits.js';
import { movesOf, sayHolding } from '../scene/moves.js';
import { message } from '../text/messages.js';
import { errorText } from '../text/refusals.js';
import { listenToDrags } from './dragging.js';
import { inkOf } from './ink.js';
import { createMoving } from './moving.js';
import { unmoved } from './state.js';
import { createMovesLine, createMovesPanel, movedTo } from '../ui/moves/panel.js';

/** @import { Seen } from '../ui/moves/panel.js' */
/** @import { Feature, Offer, Page, Panel } from './types.d.ts' */
/** @import { State, Trace } from './state.js' */
/** @import { Question } from '../wire/questions.js' */

/** @type {Feature} */
export const moves = { name: 'moves', open };

/** @param {Page} page @returns {Offer} */
function open(page) {
  const { store, stage, opening } = page;
  const point = createMoving(page);
  listenToMoves(page, point);
  const on = {
    close: opening.close,
    point,
    choose: (/** @type {number} */ chance) => store.set({ chance }),
  };
  /** @type {Panel} */
  const panel = {
    reads: ['moves', 'chance', 'trace', 'theme'],
    make(_, shape) {
      const { element, show } =
        shape === 'line' ? createMovesLine(on) : createMovesPanel(shape, on);
      return { element, show: (state) => show(seenOf(state, stage.painter.colours)) };
    },
  };
  listenToDrags(page, (dragged, of) => {
    store.set({ moves: { ...store.get().moves, dragged } });
    point(dragged && of && movedTo(of, dragged));
  });
  store.subscribe(({ trace }, changed) => {
    if ('trace' in changed && !trace) store.set({ chance: null });
  });
  return { panels: { moves: panel } };
}

/**
 * Asks about the drawing while the panel is open: one request in flight, the latest wins. What was
 * found is lost with the reading, be the panel open or not: the next may be another network's.
 *
 * @param {Page} page
 * @param {ReturnType<typeof createMoving>} point
 */
function listenToMoves({ store, reader, network }, point) {
  /** @type {State['trace']} that was asked about: to move it is no new question */
  let known = null;
  /** @param {Partial<State['moves']>} news */
  const put = (news) => store.set({ moves: { ...store.get().moves, ...news } });

  /** @param {string} why there is nothing to show */
  function lose(why) {
    known = null;
    point(null);
    put({ found: null, why });
  }
  /** @type {import('../wire/reader.js').Asker<Question & { of: Trace }>} */
  const asker = reader.asker({
    onAnswer: (found, { of }) => put({ found: { ...found, of } }),
    onRefused: (error) => lose(errorText(error)),
  });

  /** @param {Readonly<State>} state */
  function follow(state) {
    const { panel, drawing, center } = state;
    const trace = unmoved(state);
    if (trace && (panel !== 'moves' || trace === known)) return;
    known = trace;
    if (trace) {
      put({ why: message('moves.asking') });
      return asker.ask({ network, what: 'variations', drawing, center, of: trace });
    }
    asker.forget();
    lose(message('moves.draw'));
  }
  store.subscribe((state, changed) => {
    if ('trace' in changed || 'panel' in changed) follow(state);
  });
  follow(store.get());
}

/**
 * What is shown is of one reading: until there is an answer about a new drawing, the one before it.
 *
 * @param {Readonly<State>} state
 * @param {import('../render/brush.js').Colours} colours
 * @returns {Seen}
 */
export function seenOf(state, colours) {
  const { graph, moves, chance } = state;
  if (!graph || !unmoved(state) || !moves.found) return { found: null, sentence: moves.why };
  const { tensors, of } = moves.found;
  const chosen = chance ?? firstGuess(of.tensors.get(graph.output));
  const shown = movesOf(tensors, graph, chosen);
  if (!shown) return { found: null, sentence: moves.why };
  const above = state.trace?.moved?.text ?? message('moves.drawn');
  const image = inkOf(graph, of);
  const { dragged } = moves;
  return { found: { moves: shown, image, above, colours, dragged }, sentence: sayHolding(shown) };
}

/** @param {import('../geometry/types.d.ts').Tensor | undefined} output */
function firstGuess(output) {
  return ranked(output?.data ?? [])[0] ?? -1;
}

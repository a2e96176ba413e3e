// Lets a drawing be moved, turned and scaled: asks while its panel is open, and shows what was found.

import { movesOf, sayHolding } from '../scene/moves.js';
import { message } from '../text/messages.js';
import { errorText } from '../text/refusals.js';
import { createMoving } from './moving.js';
import { unmoved } from './state.js';
import { createMovesPanel, movesLine } from '../ui/moves/panel.js';
import { press } from '../ui/tools.js';

/** @import { Decoded } from '../wire/safetensors.js' */
/** @import { Feature, Offer, Page } from './types.d.ts' */
/** @import { State } from './state.js' */

/** @type {Feature} */
export const moves = { name: 'moves', open };

/** @param {Page} page @returns {Offer} */
function open({ store, stage, reader, network }) {
  const point = createMoving({ store, reader, network });
  const asked = createAsking({ store, reader, network }, point);
  /** @type {number | null} the class that was asked for; else the first guess */
  let wanted = null;

  const on = {
    close: () => store.set({ panel: null }),
    point,
    /** @param {number} channel */
    choose(channel) {
      wanted = channel;
      asked.renew();
    },
  };
  const makers = {
    open: () => createMovesPanel(false, on),
    sheet: () => createMovesPanel(true, on),
  };
  /** @type {Partial<Record<'open' | 'sheet', ReturnType<typeof createMovesPanel>>>} */
  const made = {};

  const toggle = () => {
    const { panel } = store.get();
    store.set(panel === 'moves' ? { panel: null } : { panel: 'moves', account: 'open' });
  };
  store.subscribe(({ panel, trace }, changed) => {
    if ('panel' in changed) press('moves', panel === 'moves');
    if (!trace) wanted = null;
  });

  /** @type {Offer['panels']} */
  const panels = {
    moves: {
      reads: ['moves', 'trace', 'theme', 'account', 'phone'],
      show(state, shape) {
        const moves = movesFor(state, asked.found(), wanted);
        if (shape === 'line') return movesLine(moves ? sayHolding(moves) : asked.sentence(), on);
        const panel = (made[shape] ??= makers[shape]());
        const image = imageOf(state);
        const above = state.trace?.moved?.text ?? message('moves.drawn');
        if (moves && image) panel.show(moves, image, above, stage.painter.colours);
        else panel.wait(asked.sentence());
        return panel.element;
      },
    },
  };
  return { actions: { moves: toggle }, keys: { t: toggle }, panels };
}

/**
 * Asks about the drawing while the panel is open: one request in flight, the latest wins.
 *
 * @param {Pick<Page, 'store' | 'reader' | 'network'>} page
 * @param {ReturnType<typeof createMoving>} point
 */
function createAsking({ store, reader, network }, point) {
  /** @type {Decoded | null} */
  let found = null;
  let sentence = message('moves.draw');
  /** @type {State['trace']} that was asked about: to move it is no new question */
  let known = null;

  /** What the store does not know has changed: an answer, or what is wanted of it. */
  const renew = () => store.set({ moves: store.get().moves + 1 });
  /**
   * @param {Decoded | null} variations
   * @param {string} said
   */
  function put(variations, said) {
    [found, sentence] = [variations, said];
    if (!variations) {
      known = null;
      point(null);
    }
    renew();
  }
  const asker = reader.asker({
    onAnswer: (variations) => put(variations, ''),
    onRefused: (error) => put(null, errorText(error)),
  });

  function ask() {
    const { panel, drawing, center } = store.get();
    const trace = unmoved(store.get());
    if (panel !== 'moves' || (trace && trace === known)) return;
    known = trace;
    if (trace) {
      if (!found) sentence = message('moves.asking');
      return asker.ask({ network, what: 'variations', drawing, center });
    }
    asker.forget();
    put(null, message('moves.draw'));
  }

  store.subscribe((_, changed) => {
    if ('trace' in changed || 'panel' in changed) ask();
  });
  return { renew, found: () => found, sentence: () => sentence };
}

/**
 * @param {Readonly<State>} state
 * @param {Decoded | null} found
 * @param {number | null} wanted
 */
function movesFor(state, found, wanted) {
  const { graph } = state;
  const trace = unmoved(state);
  if (!graph || !trace || !found) return null;
  const chosen = wanted ?? firstGuess(trace.tensors.get(graph.output));
  return movesOf(found.tensors, graph.classes, chosen);
}

/** @param {import('../geometry/types.d.ts').Tensor | undefined} output */
function firstGuess(output) {
  const values = Array.from(output?.data ?? []);
  return values.indexOf(Math.max(...values));
}

/**
 * The image as preprocessing made it: the input layer without border and scaling.
 *
 * @param {Readonly<State>} state
 */
function imageOf(state) {
  const { graph } = state;
  const data = graph && unmoved(state)?.tensors.get(graph.input)?.data;
  if (!data) return null;
  const { border, scaling } = graph.spec.input;
  const { rows, columns } = graph.size(graph.input);
  const [height, width] = [rows - 2 * border, columns - 2 * border];
  const ink = Float32Array.from({ length: height * width }, (_, i) => {
    const place = (border + Math.floor(i / width)) * columns + border + (i % width);
    return ((data[place] ?? 0) - scaling.offset) / scaling.scale;
  });
  return { ink, width };
}

// "Why 3?": asks for the paths once the pen rests, and shows them, in the account's place, on the
// stage and on the pad.

import { padRects } from '../kinds/parts/pad.js';
import { account } from '../scene/account.js';
import { guessedUnit, pixelsOf, scoreOf, whyAccount } from '../scene/paths.js';
import { viewOf } from '../stage/state.js';
import { message } from '../text/messages.js';
import { errorText } from '../text/refusals.js';
import { find } from '../ui/dom.js';
import { createInked } from '../ui/inked.js';
import { createWhyLine, createWhyPanel } from '../ui/why.js';
import { shownDrawing } from './state.js';

/** @import { Cell } from '../geometry/types.d.ts' */
/** @import { Paths, WhyAccount } from '../scene/types.d.ts' */
/** @import { Seen } from '../ui/why.js' */
/** @import { Question } from '../wire/questions.js' */
/** @import { Feature, Offer, Page, Panel } from './types.d.ts' */
/** @import { State } from './state.js' */

/** Milliseconds without news of the drawing: then the pen rests. */
const REST = 300;

/** What of the state decides which paths are asked for. */
const ASKED = /** @type {const} */ (['trace', 'graph', 'panel', 'asked', 'connection']);

/** What of the state is marked on the pad. */
const ON_PAD = /** @type {const} */ (['paths', 'path', 'theme', 'trace']);

/** @type {Feature} */
export const paths = { name: 'paths', open };

/** @param {Page} page @returns {Offer} */
function open(page) {
  const { store, opening } = page;
  const why = listenToPaths(page);
  markOnPad(page);
  store.subscribe(({ panel, asked, path }, changed) => {
    // of another question, or of none, nothing is chosen
    const chosen = [path, asked.of, asked.against].some((one) => one !== null);
    if ('panel' in changed && panel !== 'why' && chosen)
      store.set({ path: null, muted: false, asked: { of: null, against: null } });
  });
  const on = {
    close: opening.close,
    ask(/** @type {number} */ of, /** @type {number | null} */ against) {
      const asked = { of, against: against === of ? null : against };
      store.set({ asked, path: null, muted: false });
    },
    choose(/** @type {number} */ path) {
      const again = store.get().path === path;
      store.set({ path: again ? null : path, muted: false, pinned: null });
    },
    mute: () => store.set({ muted: !store.get().muted }),
  };
  /** @type {Panel} */
  const panel = {
    focus: '.why-body',
    reads: [...ASKED, 'paths', 'path', 'muted', 'folded', 'hidden', 'notice'],
    make(_, shape) {
      const { element, show } = shape === 'line' ? createWhyLine(on) : createWhyPanel(shape, on);
      return { element, show: (state) => show(seenOf(state, why.accountOf(state), why.refused())) };
    },
  };
  return { panels: { why: panel } };
}

/**
 * One question under way; the answer stands in the state for as long as it is about what is shown.
 *
 * @param {Page} page
 */
function listenToPaths({ store, reader, network }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let refusal = '';
  /** @type {import('../wire/reader.js').Asker<Question & { of: Cell, against: Cell | null }>} */
  const asker = reader.asker({
    onAnswer({ tensors, metadata }, { of, against }) {
      const { panel, path } = store.get();
      if (panel !== 'why') return;
      const junctions = (metadata['junctions'] ?? '').split(' ').filter(Boolean);
      const exact = metadata['exact'] === 'true';
      const count = tensors.get('values')?.data.length ?? 0;
      const kept = path !== null && path < count ? path : null;
      store.set({ paths: { cell: of, against, junctions, exact, tensors }, path: kept });
    },
    onRefused(error) {
      refusal = errorText(error);
      store.set({ notice: refusal });
    },
  });

  function askNow() {
    const state = store.get();
    const { center, trace, asked } = state;
    const cells = cellsOf(state);
    if (!trace || !cells) return;
    const { of, against } = cells;
    const drawing = shownDrawing(state);
    const other = asked.against === null ? '' : `&against=${asked.against}`;
    const what = `paths?channel=${of.channel}${other}`;
    asker.ask({ network, what, drawing, center, moved: trace.moved, of, against });
  }

  function follow() {
    clearTimeout(timer);
    asker.forget();
    refusal = '';
    const { panel, trace, paths: known } = store.get();
    if (known) store.set({ paths: null });
    if (panel === 'why' && trace) timer = setTimeout(askNow, REST);
  }
  store.subscribe((_, changed) => {
    if (ASKED.some((key) => key in changed)) follow();
  });
  follow();

  /** @type {readonly unknown[]} */
  let parts = [];
  /** @type {WhyAccount | null} */
  let made = null;
  return {
    refused: () => refusal,
    /** The same until something of it changes. @param {Readonly<State>} state */
    accountOf({ graph, paths: found, folded, hidden, path, muted }) {
      const now = [graph, found, folded, hidden, path, muted];
      if (now.some((part, i) => part !== parts[i]))
        made = graph && found ? whyAccount(graph, found, { folded, hidden, path, muted }) : null;
      parts = now;
      return made;
    },
  };
}

/**
 * @param {Readonly<State>} state
 * @returns {{ of: Cell, against: Cell | null } | null}
 */
function cellsOf({ graph, trace, asked }) {
  const guess = graph && trace && guessedUnit(graph, trace.tensors);
  if (!graph || !guess) return null;
  const of = asked.of === null ? guess : scoreOf(graph, asked.of);
  return { of, against: asked.against === null ? null : scoreOf(graph, asked.against) };
}

/**
 * @param {Readonly<State>} state
 * @param {WhyAccount | null} why
 * @param {string} refused
 * @returns {Seen}
 */
function seenOf(state, why, refused) {
  const { graph, trace, asked, path, muted } = state;
  return {
    ...{ why, path, muted, against: asked.against },
    waits: refused || message(trace ? 'why.waits' : 'why.draw'),
    answer: answerOf(state),
    classes: graph?.classes ?? [],
    of: cellsOf(state)?.of.channel ?? asked.of ?? -1,
  };
}

/** Scores and softmax. @param {Readonly<State>} state */
function answerOf(state) {
  const { graph, trace } = state;
  const answer = graph && trace ? account(graph, viewOf(state), null) : null;
  return answer?.kind === 'answer' ? answer : null;
}

/** @param {Page} page */
function markOnPad({ store, theme }) {
  const inked = createInked(find('#pad-frame', HTMLElement));
  store.subscribe((state, changed) => {
    if (!ON_PAD.some((key) => key in changed)) return;
    const { graph, trace, paths: found, path } = state;
    const picture = trace?.size ?? null;
    const cells = graph && trace && found && !trace.moved ? shares(state, found, path) : [];
    inked.show(cells, picture, theme.current().tokens);
  });
}

/**
 * @param {Readonly<State>} state
 * @param {Paths} found
 * @param {number | null} path
 */
function shares({ graph, trace }, found, path) {
  if (!graph || !trace) return [];
  const pixels = pixelsOf(found, path);
  const largest = pixels.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const rectOf = padRects(graph, trace.tensors, trace.size ?? null);
  return [...pixels].flatMap((value, i) => {
    const rect = value ? rectOf(graph.cellAt(graph.input, i)) : null;
    return rect ? [{ rect, share: value / largest }] : [];
  });
}

// Maps enlarged with their kernels, and all kernels of a layer, in the account's place.

import { sameCell } from '../geometry/regions.js';
import { filterBehind, hasKernels, weightAt } from '../scene/kernels.js';
import { figuresBy } from '../scene/numbers.js';
import { find } from '../ui/dom.js';
import { createKernelsPanel } from '../ui/maps/kernels.js';
import { createMapPanel } from '../ui/maps/map.js';
import { panelLine } from '../ui/frames.js';
import { spansOf } from '../account/colouring.js';
import { viewOf } from '../stage/state.js';
import { subjectNow } from '../account/subject.js';

/** @import { Acts, Seen } from '../ui/maps/map.js' */
/** @import { Opening } from '../account/subject.js' */
/** @import { Shape } from '../account/types.d.ts' */
/** @import { Feature, Offer, Page, Panel } from './types.d.ts' */
/** @import { State } from './state.js' */

const MARGINS = 40;
const SHEET_MARGINS = 24;
/** Height that a map has at least, and what stands above and below it in its panel; px. */
const LEAST_TALL = 224;
const AROUND = 88;

/** @type {Feature} */
export const maps = { name: 'maps', open };

/** @param {Page} page @returns {Offer} */
function open(page) {
  const { store, stage, opening } = page;
  const place = find('#account', HTMLElement);
  followHeight(page, place);
  const on = actsOf(page, opening);

  /** @param {Readonly<State>} state @param {Shape} shape @returns {Seen | null} */
  function seen(state, shape) {
    const { graph, subject, kernel } = state;
    const { layout } = stage.view;
    if (shape === 'line' || !graph || !layout || !subject || !graph.has(subject.layer)) return null;
    return {
      ...{ graph, subject, kernel, view: viewOf(state), span: spansOf(state) },
      cell: state.pointed ?? state.pinned,
      colours: stage.painter.colours,
      ...roomFor(page, place, shape),
      figure: figuresBy(layout.measure),
    };
  }

  /** @param {typeof createMapPanel} create @returns {Pick<Panel, 'focus' | 'reads' | 'of' | 'make'>} */
  const panel = (create) => ({
    focus: '.board',
    reads: [
      .../** @type {const} */ (['trace', 'graph', 'weights', 'scale', 'theme', 'pointed']),
      .../** @type {const} */ (['pinned', 'kernel', 'subject', 'beside']),
    ],
    of(state, shape) {
      const now = seen(state, shape);
      const { layer, channel } = state.subject ?? {};
      const map = create === createMapPanel ? channel : 0;
      return [state.graph, layer, map, now?.room, now?.tall];
    },
    make(state, shape) {
      const now = seen(state, shape);
      if (!now || shape === 'line') {
        const element = panelLine(state.subject?.layer ?? '', on.close);
        return { element, show: () => {} };
      }
      const { element, show } = create(now, shape, on);
      return { element, show: (next) => show(seen(next, shape) ?? now) };
    },
  });

  store.subscribe(({ panel }, changed) => {
    if ('panel' in changed && panel !== 'map' && panel !== 'kernels') store.set({ kernel: null });
  });
  store.subscribe(({ graph, panel, pinned }, changed) => {
    // what is chosen on the stage while a map is enlarged is enlarged next
    if (!('pinned' in changed) || 'subject' in changed || !pinned || !graph) return;
    const { layer, channel } = pinned;
    if (panel === 'map' || (panel === 'kernels' && hasKernels(graph, layer)))
      store.set({ subject: { layer, channel } });
  });
  return {
    panels: {
      map: { ...panel(createMapPanel), subject: subjectNow },
      kernels: { ...panel(createKernelsPanel), subject: withKernels },
    },
  };
}

/** What there is for a map and what is beside it, px. @param {Page} page @param {Element} place @param {'open' | 'sheet'} shape */
function roomFor({ viewport, stage }, place, shape) {
  const margins = shape === 'open' ? MARGINS : SHEET_MARGINS;
  const room = (viewport.box(stage.place)?.width ?? 800) - margins;
  const tall = Math.max(LEAST_TALL, (viewport.box(place)?.height ?? 0) - AROUND);
  return { room, tall };
}

/** What is enlarged grows with the account. @param {Page} page @param {Element} place */
function followHeight({ store, viewport }, place) {
  viewport.measure(place, () => {
    const { panel, subject } = store.get();
    if (subject && (panel === 'map' || panel === 'kernels')) store.set({ subject: { ...subject } });
  });
}

/**
 * The map whose kernel is meant: its own, or of the layer that made what is pooled, activated or joined;
 * of the first layer that has any where none made it.
 *
 * @param {Readonly<State>} state
 */
export function withKernels(state) {
  const { graph } = state;
  const subject = subjectNow(state);
  if (!graph || !subject || hasKernels(graph, subject.layer)) return subject;
  const behind = filterBehind(graph, subject);
  if (behind) return behind;
  const layer = graph.names.find((name) => hasKernels(graph, name));
  if (layer === undefined) return null;
  return { layer, channel: Math.min(subject.channel, graph.size(layer).channels - 1) };
}

/**
 * @param {Page} page
 * @param {Opening} opening
 * @returns {Acts}
 */
function actsOf({ store }, opening) {
  /** The weight that was clicked: it stays when the pointer leaves. @type {State['kernel']} */
  let held = null;
  store.subscribe((state, changed) => {
    if ('subject' in changed || ('panel' in changed && !state.panel)) held = null;
    if ('subject' in changed) store.set({ kernel: null });
  });
  return {
    close: opening.close,
    onCell(layer, term, how) {
      const { graph, pinned } = store.get();
      const cell = graph && term !== null ? graph.cellAt(layer, term) : null;
      if (how === 'hover') return store.set({ pointed: cell, walking: false });
      if (!cell) return;
      const again = pinned !== null && sameCell(pinned, cell);
      if (how === 'click') return store.set({ pinned: again ? null : cell });
      const pins = how === 'enter' || pinned !== null;
      store.set({ pointed: cell, walking: true, ...(pins ? { pinned: cell } : {}) });
    },
    onWeight(layer, term, how) {
      const { graph } = store.get();
      const weight = graph && term !== null ? weightAt(graph, layer, term) : null;
      if (how !== 'hover') held = weight;
      store.set({ kernel: weight ?? held });
    },
    onMap: (layer, channel) => opening.open('map', { layer, channel }, '.board'),
    onKernels: () => opening.open('kernels', null, '.board'),
    onLayer: (layer) =>
      opening.open('layers', { layer, channel: 0 }, '.layer-name[aria-pressed=true]'),
  };
}

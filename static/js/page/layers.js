// Layers: shown and hidden, and each explained, from a list, from the captions and by keys.

import { layerAccount } from '../scene/layers.js';
import { foldGraph, LEAST_SHOWN as LEAST } from '../scene/fold.js';
import { message } from '../text/messages.js';
import { createLayersPanel } from '../ui/maps/layers.js';
import { panelLine } from '../ui/frames.js';
import { subjectNow } from '../account/subject.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Row } from '../ui/maps/layers.js' */
/** @import { Feature, Offer, Page, Panel } from './types.d.ts' */
/** @import { PageStore, State } from './state.js' */

const NOTICE_TIME = 6000;
const CHOSEN = '.layer-name[aria-pressed=true]';

/** @type {Feature} */
export const layers = { name: 'layers', open };

/** @param {Page} page @returns {Offer} */
function open(page) {
  const { store, opening } = page;
  const on = {
    close: opening.close,
    onLayer: (/** @type {string} */ layer) => store.set({ subject: { layer, channel: 0 } }),
    onShown: (/** @type {string} */ layer, /** @type {boolean} */ shown) =>
      shown ? show(store, layer) : hide(store, layer),
    onAll: () => store.set({ hidden: [] }),
    onFold: () => fold(store),
  };
  /** @type {Panel} */
  const panel = {
    ...{ key: 'l', focus: CHOSEN, subject: subjectNow },
    reads: ['graph', 'subject', 'hidden', 'folded'],
    of: ({ graph, subject }, shape) => [graph, shape === 'line' ? subject?.layer : null],
    make({ graph, subject }, shape) {
      if (!graph || shape === 'line') {
        const title = subject?.layer ?? message('layers.title');
        return { element: panelLine(title, opening.close), show: () => {} };
      }
      const accounts = graph.names.map((name) => layerAccount(graph, name));
      const { element, show } = createLayersPanel(accounts, shape, on);
      return { element, show: (state) => show(rowsOf(state, graph, accounts), state) };
    },
  };
  store.subscribe(({ panel, pinned }, changed) => {
    if (panel !== 'layers') store.set({ passing: false });
    if ('pinned' in changed && pinned) reveal(store, pinned.layer);
  });
  listenToCaptions(page);
  return { panels: { layers: panel } };
}

/**
 * The columns of the stage.
 *
 * @param {Pick<State, 'folded' | 'hidden'>} state
 * @param {Graph} graph
 */
function columns({ folded, hidden }, graph) {
  return foldGraph(graph, folded, hidden).visible;
}

/**
 * @param {Readonly<State>} state
 * @param {Graph} graph
 * @param {readonly import('../scene/layers.js').LayerAccount[]} accounts
 * @returns {Row[]}
 */
function rowsOf(state, graph, accounts) {
  const { stand } = foldGraph(graph, state.folded);
  const left = columns(state, graph);
  return accounts.map((account) => {
    const under = stand(account.name);
    const shown = left.includes(under);
    const into = under === account.name ? '' : under;
    return { account, shown, fixed: shown && !into && left.length <= LEAST, into };
  });
}

/** @param {PageStore} store @param {string} layer */
function show(store, layer) {
  store.set({ hidden: store.get().hidden.filter((name) => name !== layer) });
}

/**
 * What was selected in it is released: it could not be seen.
 *
 * @param {PageStore} store
 * @param {string} layer
 */
function hide(store, layer) {
  const { graph, hidden, pinned, pointed, folded } = store.get();
  const next = [...hidden.filter((name) => name !== layer), layer];
  if (!graph || columns({ folded, hidden: next }, graph).length < LEAST) return;
  const { stand } = foldGraph(graph, folded);
  const gone = (/** @type {State['pinned']} */ cell) =>
    cell !== null && stand(cell.layer) === layer;
  store.set({
    hidden: next,
    pinned: gone(pinned) ? null : pinned,
    pointed: gone(pointed) ? null : pointed,
  });
}

/** Folding may leave too few columns of those that are not hidden. */
/** @param {PageStore} store */
function fold(store) {
  store.set({ folded: !store.get().folded });
  const { graph, folded, hidden } = store.get();
  if (graph && columns({ folded, hidden }, graph).length < LEAST) store.set({ hidden: [] });
}

/**
 * A jump to a cell of a hidden layer shows that layer again, and says so.
 *
 * @param {PageStore} store
 * @param {string} layer
 */
function reveal(store, layer) {
  const { graph, folded, hidden } = store.get();
  if (!graph || hidden.length === 0) return;
  const under = foldGraph(graph, folded).stand(layer);
  if (!hidden.includes(under)) return;
  const notice = message('layers.again', { layer: under });
  store.set({ hidden: hidden.filter((name) => name !== under), notice });
  setTimeout(() => store.get().notice === notice && store.set({ notice: '' }), NOTICE_TIME);
}

/**
 * A caption explains its layer while it is pointed at, and for good once it is clicked.
 *
 * @param {Page} page
 */
function listenToCaptions({ store, opening, stage: { view, canvas } }) {
  /** @param {MouseEvent} event */
  function captioned({ offsetX: x, offsetY: y }) {
    if (view.pick(x, y)) return null;
    const boxes = view.layout?.boxes ?? [];
    return boxes.find(({ caption }) => within(caption, x, y))?.layer ?? null;
  }
  const leave = () => {
    const { passing, panel } = store.get();
    if (passing && panel === 'layers') store.set({ panel: null });
  };
  canvas.addEventListener('pointermove', (event) => {
    if (event.pointerType === 'touch') return;
    const layer = captioned(event);
    canvas.style.cursor = layer ? 'help' : '';
    if (!layer) return leave();
    const { panel, pinned, account, passing } = store.get();
    if (pinned || account === 'line' || (panel && !passing)) return;
    store.set({ panel: 'layers', passing: true, subject: { layer, channel: 0 } });
  });
  canvas.addEventListener('pointerleave', leave);
  canvas.addEventListener('click', (event) => {
    const layer = captioned(event);
    store.set({ passing: false });
    if (layer) opening.open('layers', { layer, channel: 0 });
  });
}

/** @param {{ x: number, y: number, width: number, height: number }} rect @param {number} x @param {number} y */
function within(rect, x, y) {
  return x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height;
}

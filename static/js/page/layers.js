// Layers: shown and hidden, and each explained, from a list, from the captions and by keys.

import { layerAccount } from '../scene/layers.js';
import { foldGraph, LEAST_SHOWN as LEAST } from '../scene/fold.js';
import { message } from '../text/messages.js';
import { createLayersPanel } from '../ui/maps/layers.js';
import { panelLine } from '../ui/frames.js';
import { html, svg } from '../ui/dom.js';
import { press } from '../ui/tools.js';
import { subjectNow } from './subject.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Row } from '../ui/maps/layers.js' */
/** @import { Feature, Offer, Page } from './types.d.ts' */
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
  const toggle = () => {
    const subject = subjectNow(store);
    if (store.get().panel === 'layers') opening.close();
    else if (subject) opening.open('layers', subject, CHOSEN);
  };
  addButton();

  /** @type {{ graph: Graph | null, shape: string, panel: ReturnType<typeof createLayersPanel> } | null} */
  let made = null;
  /** @type {Offer['panels']} */
  const panels = {
    layers: {
      reads: ['graph', 'subject', 'hidden', 'folded', 'account', 'phone'],
      show(state, shape) {
        const { graph, subject, folded } = state;
        if (!graph || !subject || shape === 'line')
          return panelLine(subject?.layer ?? message('layers.title'), opening.close);
        const accounts = graph.names.map((name) => layerAccount(graph, name));
        if (made?.graph !== graph || made.shape !== shape)
          made = { graph, shape, panel: createLayersPanel(accounts, shape, on) };
        const rows = rowsOf(state, graph, accounts);
        const few = rows.some(({ fixed }) => fixed);
        made.panel.show(
          layerAccount(graph, subject.layer),
          rows,
          folded,
          message(few ? 'layers.least' : 'layers.how'),
        );
        return made.panel.element;
      },
    },
  };
  store.subscribe((state, changed) => {
    if ('panel' in changed) press('layers', state.panel === 'layers');
    if ('pinned' in changed && state.pinned) reveal(store, state.pinned.layer);
  });
  listenToCaptions(page);
  return { actions: { layers: toggle }, keys: { l: toggle }, panels };
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
  const wanted = store.get().folded ? 'shown' : 'folded';
  const input = document.querySelector(`input[name=activations][value=${wanted}]`);
  if (input instanceof HTMLInputElement) input.click();
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
  let passing = false;
  /** @param {MouseEvent} event */
  function captioned({ offsetX: x, offsetY: y }) {
    if (view.pick(x, y)) return null;
    const boxes = view.layout?.boxes ?? [];
    return boxes.find(({ caption }) => within(caption, x, y))?.layer ?? null;
  }
  const leave = () => {
    if (passing && store.get().panel === 'layers') store.set({ panel: null });
    passing = false;
  };
  canvas.addEventListener('pointermove', (event) => {
    if (event.pointerType === 'touch') return;
    const layer = captioned(event);
    canvas.style.cursor = layer ? 'help' : '';
    if (!layer) return leave();
    const { panel, pinned, account } = store.get();
    if (pinned || account === 'line' || (panel && !passing)) return;
    passing = true;
    store.set({ panel: 'layers', subject: { layer, channel: 0 } });
  });
  canvas.addEventListener('pointerleave', leave);
  canvas.addEventListener('click', (event) => {
    const layer = captioned(event);
    passing = false;
    if (layer) opening.open('layers', { layer, channel: 0 });
  });
}

/** @param {{ x: number, y: number, width: number, height: number }} rect @param {number} x @param {number} y */
function within(rect, x, y) {
  return x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height;
}

/** In the bar, before the others; a phone has it among its tools. */
function addButton() {
  const path = svg('path', {
    d: 'm12 4 8.5 4.5L12 13 3.5 8.5zM3.5 13l8.5 4.5 8.5-4.5M3.5 17.2 12 21.7l8.5-4.5',
  });
  const icon = svg('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, path);
  const named = { 'aria-label': message('layers.title'), title: message('layers.key') };
  const state = { 'data-action': 'layers', 'aria-pressed': 'false' };
  const button = html('button', { type: 'button', class: 'button wide', ...named, ...state }, icon);
  document.querySelector('.bar .buttons [data-action=theme]')?.before(button);
  const word = html(
    'button',
    { type: 'button', class: 'layers-open', 'data-action': 'layers' },
    message('layers.open'),
  );
  document.querySelector('#tools')?.append(word);
}

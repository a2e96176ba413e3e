// The words of the page explained: a panel of entries, and words that lead to them.

import { captionText } from '../scene/captions.js';
import { layerAccount } from '../scene/layers.js';
import { foldGraph } from '../scene/fold.js';
import { isShown, layerShowing, loudest } from '../scene/terms.js';
import { message } from '../text/messages.js';
import { panelLine } from '../ui/frames.js';
import { createGlossary } from '../ui/glossary.js';
import { wordsIn } from '../ui/terms.js';
import { openNumbered } from './numbered.js';
import { tell } from './telling.js';
import { chooseMeant, createWords, leadWords, underline } from './words.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { AccountState } from './state.js' */
/** @import { Explained, Offer, Panel } from './types.d.ts' */
/** @import { Words } from './words.js' */
/** @import { Means } from '../ui/receipt/types.d.ts' */

export const glossary = { name: 'glossary', open };

/** @param {Explained} page @returns {Offer} */
function open(page) {
  const { store, opening } = page;
  const words = createWords();
  underline(page, words);
  leadWords(page, words, (term) => {
    store.set({ term });
    opening.open('glossary', null, '.entries');
  });
  let times = 0;
  store.subscribe(({ panel }, changed) => {
    if ('panel' in changed && panel === 'glossary') times++;
  });
  const choose = (/** @type {string} */ term) => store.set({ term });
  const light = openNumbered(page, choose);

  /** @type {Panel['make']} */
  function make({ graph }, shape) {
    if (shape === 'line')
      return { element: panelLine(message('glossary.title'), opening.close), show: () => {} };
    const said = `${wordsIn(document.body)}\n${graph ? captionsOf(graph, store.get()) : ''}`;
    /** @type {ReadonlySet<string>} */
    let here = new Set();
    const { element, show } = createGlossary(shape, meansOf(page, shape), {
      close: opening.close,
      ...{ choose, light, see: () => store.set(wayTo(store.get(), page.ways)) },
    });
    const showNow = () => {
      const { notes } = store.get();
      const known = { terms: words.terms(), missing: words.missing() };
      show({ ...known, here, notes, ...shownOf(page, store.get(), words) });
    };
    void words.load().then(() => {
      here = new Set(words.find(said).map(({ term }) => term.id));
      showNow();
      page.loop.wake();
    });
    return { element, show: showNow };
  }
  /** @type {Panel} */
  const panel = {
    ...{ key: 'w', focus: '.entries', opens: () => chooseMeant(store, words), make },
    reads: ['term', 'trace', 'graph', 'weights', 'theme', 'notes'],
    of: () => [times],
  };
  return { panels: { glossary: panel } };
}

/** What stands painted above the layers. @param {Graph} graph @param {Readonly<AccountState>} state */
function captionsOf(graph, { folded, hidden }) {
  const { visible } = foldGraph(graph, folded, hidden);
  const texts = visible.flatMap((name) => [
    ...Object.values(captionText(graph, name, [])),
    layerAccount(graph, name).kind,
  ]);
  return texts.join('\n');
}

/**
 * Of the entry that is read: a cell that shows it, why there is none, whether there is a way to see it.
 * The first, the whole network, is seen on the stage.
 *
 * @param {Pick<Explained, 'stage' | 'ways'>} page
 * @param {Readonly<AccountState>} state
 * @param {Words} words
 */
function shownOf(page, state, words) {
  const [first = null, ...others] = words.terms();
  const chosen = others.find(({ id }) => id === state.term) ?? first;
  const none = { chosen, told: null, seen: false, why: '' };
  return state.graph && chosen && chosen !== first
    ? { ...none, ...foundOf(page, state, state.graph, chosen.id) }
    : none;
}

/** @param {Pick<Explained, 'stage' | 'ways'>} page @param {Readonly<AccountState>} state @param {Graph} graph @param {string} id of an entry */
function foundOf({ stage, ways }, state, graph, id) {
  const cell = loudestShowing(state, id);
  const told = cell && tell(stage, state, graph, cell);
  const why = message(layerShowing(graph, id) ? 'glossary.draw' : 'glossary.none');
  return { told, seen: told !== null || id in ways, why: !told && isShown(id) ? why : '' };
}

/** @param {Readonly<AccountState>} state @param {string} id of an entry */
function loudestShowing({ graph, trace }, id) {
  return graph && loudest(graph, trace?.tensors ?? null, layerShowing(graph, id));
}

/** @param {Readonly<AccountState>} state @param {Explained['ways']} ways @returns {Partial<AccountState>} in which what is explained is seen */
function wayTo(state, ways) {
  const term = state.term ?? '';
  const pinned = loudestShowing(state, term);
  const there = /** @type {const} */ ({ panel: null, form: 'picture' });
  return { ...(pinned && { pinned, ...there }), ...ways[term] };
}

/** @param {Pick<Explained, 'store' | 'padImage'>} page @param {string} shape @returns {Means} */
function meansOf({ store, padImage }, shape) {
  return {
    jump: (pinned) => store.set({ pinned, panel: null }),
    pad: padImage,
    narrow: shape === 'sheet',
  };
}

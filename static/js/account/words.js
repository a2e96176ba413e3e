// Words lead to their entries where they stand: running text by a click or a tap; what does something
// of its own when it is clicked, a switch, a button or the name of a layer, by being held.

import { SLOP } from '../input/listening.js';
import { stillItems } from '../scene/still.js';
import { termOfLayer } from '../scene/terms.js';
import { textAt } from '../scene/words.js';
import { selection } from '../stage/state.js';
import { message } from '../text/messages.js';
import { finderOf, termsOf } from '../text/terms.js';
import { controlOf, createMarks, isRunning, saidBy, termAt } from '../ui/terms.js';
import { allWords } from '../wire/refusal.js';

/** @import { TextItem } from '../scene/types.d.ts' */
/** @import { Term } from '../text/terms.js' */
/** @import { Explained } from './types.d.ts' */

/** How long the account must be still before its words are marked, ms. */
const STILL = 200;
/** How long a word is held, ms. */
const HELD = 500;

/** @typedef {ReturnType<typeof createWords>} Words */

/** The entries, loaded when the first of them is wanted. */
export function createWords() {
  /** @type {readonly Term[]} */
  let terms = [];
  /** @type {ReturnType<typeof finderOf>} */
  let find = () => [];
  let missing = '';
  /** @type {Promise<void> | null} */
  let loading = null;

  async function load() {
    terms = termsOf(await allWords());
    find = finderOf(terms);
    missing = terms.length ? '' : message('glossary.missing');
    if (missing) loading = null; // the next one may find them
  }
  return {
    load: () => (loading ??= load()),
    terms: () => terms,
    missing: () => missing,
    find: (/** @type {string} */ text) => find(text),
    /** @param {string} text @returns {string | null} its first word that has an entry */
    first: (text) => find(text)[0]?.term.id ?? null,
  };
}

/**
 * Words are underlined in what stays: while one only points, nobody can get at them.
 *
 * @param {Pick<Explained, 'store' | 'place'>} page
 * @param {Words} words
 */
export function underline({ store, place }, words) {
  const marks = createMarks(place);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function follow() {
    clearTimeout(timer);
    const { pinned, panel } = store.get();
    if (!pinned && !panel) return marks.show(null);
    timer = setTimeout(() => void words.load().then(() => marks.show(words.find)), STILL);
  }
  const all = { childList: true, subtree: true, characterData: true };
  new MutationObserver(follow).observe(place, all);
}

/**
 * What somebody means who asks for the words: the switch or button that has the focus, else the layer
 * that is selected or listed.
 *
 * @param {Explained['store']} store
 * @param {Words} words
 */
export function chooseMeant(store, words) {
  const control = controlOf(document.activeElement);
  const { graph, panel, subject, ...state } = store.get();
  const { layer } = selection(state) ?? (panel === 'layers' ? subject : null) ?? {};
  const own = graph && layer ? termOfLayer(graph, layer) : null;
  const said = control ? saidBy(control) : '';
  if (own) store.set({ term: own });
  if (said)
    void words.load().then(() => store.set({ term: words.first(said) ?? store.get().term }));
}

/**
 * @param {Explained} page
 * @param {Words} words
 * @param {(id: string) => void} open
 */
export function leadWords({ store, stage, app }, words, open) {
  const { canvas, place, view } = stage;
  const loaded = async (/** @type {() => string | null} */ idOf) => {
    await words.load();
    return idOf();
  };

  /** @param {MouseEvent} event @returns {TextItem | null} of a caption on the stage */
  function captionAt({ target, offsetX: x, offsetY: y }) {
    const { graph, space } = store.get();
    if (target !== canvas || space || !graph || !view.layout) return null;
    return view.pick(x, y) ? null : textAt(view.layout, stillItems(view.layout, graph), x, y);
  }

  /** @param {TextItem} caption */
  function entryOf({ text, layer }) {
    const { graph } = store.get();
    return words.first(text) ?? (graph && isName(text, layer) ? termOfLayer(graph, layer) : null);
  }

  app.addEventListener('click', async ({ target, clientX: x, clientY: y }) => {
    if (!(target instanceof Element) || !isRunning(target)) return;
    if (document.getSelection()?.toString()) return; // it is being copied
    const id = await loaded(() => termAt(target, x, y, words.find));
    if (id) open(id);
  });
  place.addEventListener(
    'click',
    async (event) => {
      const caption = captionAt(event);
      if (!caption || isName(caption.text, caption.layer) || !/\p{L}{2}/u.test(caption.text))
        return;
      event.stopPropagation();
      const id = await loaded(() => entryOf(caption));
      if (id) open(id);
    },
    { capture: true },
  );
  listenToHolding(
    app,
    (event) => {
      const { target, clientX: x, clientY: y } = event;
      const caption = captionAt(event);
      if (caption) return loaded(() => entryOf(caption));
      const control = controlOf(target);
      const element = control ?? target;
      if (!(element instanceof Element) || !element.textContent) return null;
      const first = () => (control ? words.first(saidBy(control)) : null);
      return loaded(() => termAt(element, x, y, words.find) ?? first());
    },
    open,
  );
}

/** @param {string} text @param {string} layer that it is the name of */
const isName = (text, layer) => text === layer;

/**
 * Whoever holds a word does not mean to press it.
 *
 * @param {HTMLElement} app
 * @param {(event: PointerEvent) => Promise<string | null> | null} entryAt
 * @param {(id: string) => void} open
 */
function listenToHolding(app, entryAt, open) {
  /** @type {{ x: number, y: number, timer: ReturnType<typeof setTimeout> } | null} */
  let held = null;
  let swallows = false;

  function leave() {
    clearTimeout(held?.timer);
    held = null;
  }
  app.addEventListener('pointerdown', (event) => {
    leave();
    swallows = false;
    const own = { x: event.clientX, y: event.clientY, timer: setTimeout(read, HELD / 2) };
    held = own;

    /** The words are fetched meanwhile, if nobody has needed them yet. */
    async function read() {
      const rest = new Promise((resolve) => setTimeout(resolve, HELD / 2));
      const [id] = await Promise.all([entryAt(event), rest]);
      if (!id || held !== own) return;
      swallows = true;
      open(id);
    }
  });
  app.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (held && Math.hypot(clientX - held.x, clientY - held.y) > SLOP) leave();
  });
  for (const end of ['pointerup', 'pointercancel', 'scroll'])
    app.addEventListener(end, leave, true);
  app.addEventListener('contextmenu', (event) => void (swallows && event.preventDefault()), true);
  app.addEventListener(
    'click',
    (event) => {
      if (!swallows) return;
      swallows = false;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
}

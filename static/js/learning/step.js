// The section of one step: a stage, the account of its cells and gradients, the way through the phases.

import { createStore, recall, remember } from '../core/store.js';
import { isPhone, onNarrow } from '../core/viewport.js';
import { graphOf } from '../kinds/traits.js';
import { selection } from '../stage/state.js';
import { find, say } from '../ui/dom.js';
import { formNamed } from '../ui/receipt/forms.js';
import { openAsking } from './asking.js';
import { openHands } from './hands.js';
import { KIT } from './kit.js';
import { MARKS } from './marks.js';
import { openNudge } from './nudge.js';
import { openOutcome } from './outcome.js';
import { phasesOf } from './phases.js';
import { followPhases } from './showing.js';
import { explain, stageIn } from './staged.js';
import { fromLink, INITIAL, toLink } from './state.js';
import { openWalk } from './walk.js';
import { chosen, openWeights } from './weights.js';

/** @import { Theme } from '../core/theme.js' */
/** @import { Cell } from '../geometry/types.d.ts' */
/** @import { Stage } from '../stage/stage.js' */
/** @import { Model } from '../wire/types.d.ts' */
/** @import { Shared } from './page.js' */
/** @import { Learnt, LearnState, LearnStore } from './state.js' */

/** What a link says. */
const LINKED = /** @type {const} */ (['wanted', 'at', 'pinned', 'weight', 'digit', 'drawing']);

/** @param {Shared} shared @param {Model} model @param {HTMLElement} element of the section */
export function openStep(shared, model, element) {
  const { loop, theme, reader } = shared;
  const graph = graphOf(model);
  const phases = phasesOf(graph);
  const shown = { theme: theme.current().name, phone: isPhone(), form: formNamed(recall('form')) };
  const linked = fromLink(location.hash.slice(1), graph);
  /** @type {LearnStore} */
  const store = createStore({ ...INITIAL, graph, ...shown, ...linked });
  const stage = stageIn(shared, element, store, {
    onPoint: (pointed, _, walking) =>
      store.set({ pointed, walking, ...(pointed && { weight: null, kernel: null }) }),
    onPin: (pinned) => store.set({ pinned, weight: null, kernel: null }),
  });
  stage.view.marks = MARKS;
  const asking = openAsking(store, model, reader, graph, phases);
  followPhases(store, graph, phases);
  followLink(store);
  onNarrow(() => store.set({ phone: isPhone() }));
  const walk = openWalk(store, graph, phases, element);
  const parts = [
    walk,
    openHands(store, model, graph, shared, element),
    openWeights(store, graph, phases, stage, element),
    openNudge(store, element),
    openOutcome(store, graph, phases, stage, element),
  ];
  const explanation = explain(shared, stage, store, element, {
    ...{ save: asking.save, changes: ['told', 'weight', 'nudges', 'at', 'step'], kit: KIT },
  });
  const refused = find('.refused', HTMLElement, element);
  store.subscribe((state, changed) => {
    if ('form' in changed) remember('form', state.form);
    loop.wake();
  });
  loop.add('after', () => {
    for (const { show } of parts) show(store.get());
    say(refused, store.get().refused);
  });
  return {
    ...{
      element,
      refit: stage.refit,
      walk: walk.step,
      handle: handleOf(shared, store, stage, asking.busy),
    },
    keys: { ...walk.keys, ...explanation.keys },
    release: () => release(store),
    fold: explanation.fold,
    /** @param {Theme} next */
    setTheme(next) {
      store.set({ theme: next.name });
      stage.view.setTheme(next);
    },
  };
}

/** The address says what was given, and is read when one goes back. @param {LearnStore} store */
function followLink(store) {
  let said = toLink(store.get());
  store.subscribe((state, changed) => {
    if (!LINKED.some((key) => key in changed)) return;
    const link = toLink(state);
    if (said === link) return; // until then the address may lead to another section
    said = link;
    history.replaceState(null, '', `#${link}`);
  });
  addEventListener('hashchange', () => {
    const hash = location.hash.slice(1);
    if (document.getElementById(hash)) return; // it leads to a section of the page
    if (hash !== toLink(store.get())) location.reload();
  });
}

/** For Escape. @param {LearnStore} store @returns {boolean} whether there was anything to end */
function release(store) {
  const { panel, runs, weight, pinned } = store.get();
  if (panel) store.set({ panel: null });
  else if (runs) store.set({ runs: false });
  else if (weight) store.set({ weight: null });
  else if (pinned) store.set({ pinned: null, pointed: pinned, walking: false });
  else return false;
  return true;
}

/** What scripts on the page can do: `window.convlens`. */
/** @param {Shared} shared @param {LearnStore} store @param {Stage} stage @param {() => boolean} busy */
function handleOf({ loop }, store, stage, busy) {
  return {
    /** Resolves once all that was given is answered and painted. */
    settled: async () => {
      await loop.painted(() => Boolean(store.get().drawing) && !busy());
    },
    /** Client rectangle of a cell; null when it is off the screen. @param {Cell} cell */
    rectOf(cell) {
      const rect = stage.view.rectOf(cell);
      const { left, top } = stage.canvas.getBoundingClientRect();
      return rect && new DOMRect(rect.x + left, rect.y + top, rect.width, rect.height);
    },
    /** Pins a cell, or chooses a weight, or nothing. @param {Cell | Learnt | null} one */
    select(one) {
      const { graph } = store.get();
      if (graph && one && 'parameter' in one) store.set(chosen(graph, one));
      else
        store.set({
          pinned: /** @type {Cell | null} */ (one),
          pointed: null,
          weight: null,
          kernel: null,
        });
    },
    get selection() {
      return selection(store.get());
    },
    /** What its cells show, by layer. */
    get quantity() {
      return stage.view.quantity;
    },
  };
}

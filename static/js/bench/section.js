// A section, opened: a stage, the account of its cells, Play, the way back, the glossary, a question that
// is answered before its answer is shown. All that sections share is here.

import { createExplanation } from '../account/explanation.js';
import { glossary } from '../account/glossary.js';
import { createJourney } from '../account/journey.js';
import { playing, playOf } from '../account/playing.js';
import { EMPTY_ACCOUNT } from '../account/state.js';
import { createOpening } from '../account/subject.js';
import { tell } from '../account/telling.js';
import { createStore } from '../core/store.js';
import { isPhone } from '../core/viewport.js';
import { account } from '../scene/account.js';
import { cellSentences } from '../scene/sentences.js';
import { MARKS } from '../stage/marks.js';
import { openPointing } from '../stage/pointing.js';
import { createStage } from '../stage/stage.js';
import { selection, viewOf } from '../stage/state.js';
import { message } from '../text/messages.js';
import { find, html, say } from '../ui/dom.js';
import { createLineCell } from '../ui/receipt/line.js';
import { createOpenCell, createSheetCell } from '../ui/receipt/open.js';
import { follow } from './asking.js';
import { openZooming } from './zooming.js';
import { carryAlong } from './carrying.js';

/** @import { PanelName } from '../account/state.js' */
/** @import { Opening } from '../account/subject.js' */
/** @import { Offer } from '../account/types.d.ts' */
/** @import { Cell, Graph } from '../geometry/types.d.ts' */
/** @import { Stage } from '../stage/stage.js' */
/** @import { BenchPage, OpenSection, Section, SectionState, SectionStore } from './types.d.ts' */

const KIT = { tell, cellSentences, playOf, createOpenCell, createSheetCell, createLineCell };

/** What else is seen when the way of an entry is taken. @type {import('../account/types.d.ts').Explained['ways']} */
const WAYS = { argue: { form: 'words' }, formula: { form: 'formula' } };

/**
 * @param {BenchPage} page
 * @param {Section} section
 * @param {HTMLElement} element of it in the document
 * @returns {OpenSection}
 */
export function openSection(page, section, element) {
  const { theme, loop } = page;
  const place = find('.account', HTMLElement, element);
  const { given, pinned, play } = page.read(section);
  const shown = { theme: theme.current().name, phone: isPhone(), ...page.kept() };
  /** @type {SectionStore<any>} */
  const store = createStore(
    /** @type {SectionState<any>} */ ({
      ...{ ...EMPTY_ACCOUNT, ...shown, given, pinned, play },
      ...{ folded: false, refused: '', place: null, busy: true, ...section.looks },
    }),
  );
  const stage = stageOf(page, element, store);
  const opening = createOpening(store, () => loop.painted(), place);
  const padImage = () => null;
  const features = [
    playing.open({ store }),
    glossary.open({
      ...{ store, stage, loop, place, opening, padImage },
      app: element,
      ways: WAYS,
    }),
  ];
  const explanation = createExplanation({
    ...{ store, stage, place, padImage, journey: createJourney(store), kit: () => KIT },
    said: find('.stage-said', HTMLElement, element),
    idle: (graph) => account(graph, viewOf(store.get()), section.begins),
    shape: ({ phone }) => (phone ? 'sheet' : 'open'),
  });
  keepSelection(section, store);
  follow(page, section, store);
  carryAlong(section, store, element);
  const hands = openHands(page, section, stage, store, element);
  const ask = openQuestion(section, store, element);
  const refused = find('.refused', HTMLElement, element);

  const keys = { ...openZooming(stage, element), ...addPanels(features, explanation, opening) };

  let [stale, unexplained] = [true, true];
  store.subscribe((_, changed) => {
    stale = true;
    unexplained ||= explanation.reads(changed);
  });
  loop.add('after', () => {
    if (unexplained) explanation.show();
    if (stale) for (const show of [hands.show, ask]) show(store.get());
    if (stale) say(refused, store.get().refused);
    if (stale) element.toggleAttribute('data-empty', !store.get().graph);
    [stale, unexplained] = [false, false];
  });
  return {
    ...{ section, element, store, stage, keys },
    release: () => release(store),
    pause() {
      hands.pause?.();
      const { play } = store.get();
      if (play?.running) store.set({ play: { ...play, running: false } });
    },
  };
}

/**
 * @param {readonly Offer[]} features
 * @param {Pick<ReturnType<typeof createExplanation>, 'add'>} explanation
 * @param {Opening} opening
 * @returns {Record<string, () => void>} what keys do
 */
function addPanels(features, explanation, opening) {
  /** @type {Record<string, () => void>} */
  const keys = {};
  for (const { keys: own = {}, panels = {} } of features) {
    Object.assign(keys, own);
    for (const [key, panel] of Object.entries(panels)) {
      const name = /** @type {PanelName} */ (key);
      explanation.add(name, panel);
      keys[panel.key] = () => opening.toggle(name, panel);
    }
  }
  return keys;
}

/** @param {BenchPage} page @param {HTMLElement} element @param {SectionStore<any>} store */
function stageOf({ loop, viewport, theme }, element, store) {
  const [canvas, overlay] = element.querySelectorAll('canvas');
  if (!canvas || !overlay) throw new Error('A section has two canvases.');
  const place = find('.stage', HTMLElement, element);
  const stage = createStage({ canvas, overlay, place, store, loop, viewport, theme, few: true });
  stage.view.marks = MARKS;
  openPointing(stage, {
    // what was pointed at stays: there is always a cell that is accounted for
    onPoint: (pointed, _, walking) => void (pointed && store.set({ pointed, walking })),
  });
  return stage;
}

/** There is always a cell that is selected, and it is one of the graph; layers that are hidden stay so. */
/** @param {Section} section @param {SectionStore<any>} store */
function keepSelection({ begins, looks: { hidden = [] } = {} }, store) {
  store.subscribe((_, changed) => {
    if ('hidden' in changed && hidden.length) store.set({ hidden });
  });
  /** @type {Cell} */
  let last = begins;
  store.subscribe(({ graph, pinned, pointed }) => {
    if (!graph) return;
    const cell = selection({ pinned, pointed }) ?? last;
    const near = nearest(graph, cell, begins);
    last = near;
    if (pinned && near !== pinned) store.set({ pinned: near });
    if (!pinned && near !== pointed) store.set({ pointed: near });
  });
}

/** @param {Graph} graph @param {Cell} cell @param {Cell} otherwise @returns {Cell} the cell itself where the graph has it; where it has neither layer, of the last one */
export function nearest(graph, cell, otherwise) {
  if (graph.valid(cell)) return cell;
  const { layer, ...at } = [cell, otherwise].find((one) => graph.has(one.layer)) ?? {
    ...otherwise,
    layer: graph.output,
  };
  const { channels, rows, columns } = graph.size(layer);
  return {
    layer,
    channel: Math.min(at.channel, channels - 1),
    row: Math.min(at.row, rows - 1),
    column: Math.min(at.column, columns - 1),
  };
}

/** @param {BenchPage} page @param {Section} section @param {Stage} stage @param {SectionStore<any>} store @param {HTMLElement} element */
function openHands({ viewport, theme }, section, stage, store, element) {
  const hands = section.hands({
    store,
    page: { viewport, theme },
    colours: () => stage.painter.colours,
    give: (patch) => store.set({ given: { ...store.get().given, ...patch } }),
    point(cell) {
      const { graph, pinned, play } = store.get();
      if (!graph || play?.running) return;
      const near = nearest(graph, cell, section.begins);
      store.set(pinned ? { pinned: near, walking: false } : { pointed: near, walking: false });
    },
    look: () => stage.canvas.focus(),
  });
  find('.hands', HTMLElement, element).replaceChildren(...hands.elements);
  const { below } = hands;
  if (below) {
    const [place, whole] = [
      find('.account', HTMLElement, element),
      html('div', { class: 'whole' }),
    ];
    place.replaceWith(whole);
    whole.append(place, ...below);
  }
  return hands;
}

/**
 * The answer is shown to who has guessed.
 *
 * @param {Section} section
 * @param {SectionStore<any>} store
 * @param {HTMLElement} element
 * @returns {(state: Readonly<SectionState<any>>) => void}
 */
function openQuestion(section, store, element) {
  const buttons = [...element.querySelectorAll('[data-guess]')];
  const verdict = find('.verdict', HTMLElement, element);
  for (const button of buttons)
    button.addEventListener('click', () => {
      const guess = button.getAttribute('data-guess');
      store.set({ given: { ...store.get().given, ...section.shows, guess } });
    });
  return ({ given, trace }) => {
    for (const button of buttons)
      button.ariaPressed = String(button.getAttribute('data-guess') === given.guess);
    const found = given.guess && trace ? section.verdict(given, trace) : null;
    verdict.hidden = !found;
    if (!found) return;
    const word = html('b', {}, message(found.right ? 'bench.right' : 'bench.wrong'));
    verdict.replaceChildren(word, ' ', found.says);
  };
}

/** For Escape. @param {SectionStore<any>} store @returns {boolean} whether there was anything to end */
function release(store) {
  const { panel, play, pinned } = store.get();
  if (panel) store.set({ panel: null });
  else if (play) store.set({ play: null });
  else if (pinned) store.set({ pinned: null, pointed: pinned, walking: false });
  else return false;
  return true;
}

// The switch of the lines: of the cell that is pointed at, or the paths of the first guess.

import { unknownBehind } from '../kinds/network/windows.js';
import { unknownText } from '../kinds/traits.js';
import { guessedUnit, STRONGEST } from '../scene/marks/guess.js';
import { message } from '../text/messages.js';
import { find, say } from '../ui/dom.js';

/** @import { Feature, Offer, Page } from './types.d.ts' */
/** @import { State } from './state.js' */

/** What of the state decides where the switch stands and what it says. */
const PLACES = /** @type {const} */ ([
  ...['trace', 'graph', 'account', 'phone', 'panel', 'pinned', 'links'],
]);

/** @type {Feature} */
export const paths = { name: 'paths', open };

/** @param {Page} page @returns {Offer} */
function open({ store, painted }) {
  const element = find('.links', HTMLElement);
  const says = find('.links-say', HTMLElement, element);
  const [all, guess] = element.querySelectorAll('input');
  const tools = find('#tools', HTMLElement);
  /** In the head of the answer's account; where that is a line or on a phone, among the tools. */
  function settle() {
    const { phone, account } = store.get();
    element.hidden = false;
    if (phone || account === 'line') return void tools.append(element);
    document.querySelector('#account .of')?.after(element);
  }
  /** @param {Readonly<State>} state */
  function show(state) {
    if (all && guess) (state.links === 'guess' ? guess : all).checked = true;
    say(says, sentenceOf(state));
    says.hidden = says.textContent === '';
    void painted().then(settle);
  }
  const toggle = () => store.set({ links: store.get().links === 'guess' ? 'all' : 'guess' });

  element.addEventListener('change', toggle);
  store.subscribe((state, changed) => {
    if (PLACES.some((key) => key in changed)) show(state);
  });
  show(store.get());
  return { keys: { g: toggle } };
}

/**
 * What the lines are.
 *
 * @param {Readonly<State>} state
 */
function sentenceOf({ graph, trace, links }) {
  if (links !== 'guess') return '';
  const unit = graph && trace ? guessedUnit(graph, trace.tensors) : null;
  if (!graph || !unit) return message('links.draw');
  const name = graph.classes[unit.channel] ?? '';
  const unknown = unknownBehind(graph, unit.layer);
  const paths = message('links.paths', { class: name, most: STRONGEST });
  if (!unknown) return paths;
  return `${paths} ${message('links.end', { layer: unknown.name, why: unknownText(unknown) })}`;
}

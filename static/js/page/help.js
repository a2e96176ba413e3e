// The help in the account's place, with the switch for keys of a single letter.

import { message } from '../text/messages.js';
import { find } from '../ui/dom.js';
import { panelFrame } from '../ui/frames.js';

/** @import { Feature, Offer, Page } from './types.d.ts' */

/** @type {Feature} */
export const help = { name: 'help', open };

/** @param {Page} page @returns {Offer} */
function open({ store, opening }) {
  const { content } = find('#help', HTMLTemplateElement);
  const name = find('.name', HTMLElement, content);
  const words = find('[data-action=glossary]', HTMLElement, content);
  const row = find('.switch-row', HTMLElement, content);
  const body = find('.help', HTMLElement, content);
  const shortcuts = find('#shortcuts', HTMLInputElement, content);
  const [see = body, keys = body, touch = body] = body.children;
  const coarse = matchMedia('(pointer: coarse)');
  shortcuts.addEventListener('change', () => store.set({ shortcuts: shortcuts.checked }));

  /** @type {import('./types.d.ts').Panel['make']} */
  function make(state, shape) {
    const phone = shape === 'sheet';
    const who = phone ? [name, words] : [name, words, row];
    const key = state.shortcuts ? '?' : message('key.esc');
    const rest = coarse.matches ? [touch, keys] : [keys, touch];
    body.replaceChildren(...(phone ? [touch, see] : [see, ...rest]));
    return {
      element: panelFrame(shape, who, [], body, opening.close, key),
      show: (now) => void (shortcuts.checked = now.shortcuts),
    };
  }
  /** @type {import('./types.d.ts').Panel} */
  const panel = {
    ...{ key: '?', focus: '.help', reads: ['shortcuts'], make },
    of: (state) => [state.shortcuts],
  };
  return { panels: { help: panel } };
}

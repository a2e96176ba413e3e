// A set on the projector: the question alone, large; hands are counted, then the answer is shown.

import { message } from '../text/messages.js';
import { listenToClicker, turning } from '../ui/clicker.js';
import { find } from '../ui/dom.js';
import { link } from '../ui/frames.js';
import { createBlank, createInk } from '../ui/present.js';

/** @import { Stage } from '../stage/stage.js' */
/** @import { Shared } from './page.js' */
/** @import { QuizStore } from './state.js' */

/**
 * @param {HTMLElement} root
 * @param {QuizStore} store
 * @param {Shared} shared
 * @param {Stage} stage
 * @param {(by: -1 | 1) => void} step to another question
 */
export function openPresenting(root, store, { theme, loop }, stage, step) {
  const app = find('#app', HTMLElement);
  const [ink, blank] = [createInk(app), createBlank(app)];
  const out = link(message('present.end'), message('key.esc'), () => toggle());
  out.classList.add('present-end');

  function toggle() {
    const presents = !store.get().presents;
    root.toggleAttribute('data-present', presents);
    if (presents) find('#quiz-question', HTMLElement).append(out);
    else {
      out.remove();
      for (const cover of [ink, blank]) cover.put(false);
    }
    store.set({ presents });
    theme.renew(); // what is read of the tokens is others
    stage.refit();
    loop.wake();
  }
  /** @type {Readonly<Record<string, () => void>>} */
  const clicker = { ...turning(step), F5: toggle };
  listenToClicker((key) => (store.get().presents ? clicker[key] : undefined));
  const shade = () => void (store.get().presents && blank.put(!blank.on()));
  const freeze = () => void (store.get().presents && ink.put(!ink.on()));

  function release() {
    if (blank.on()) blank.put(false);
    else if (ink.on()) freeze();
    else if (store.get().presents) toggle();
  }
  return { toggle, keys: { p: toggle, b: shade, '.': shade, z: freeze, escape: release } };
}

// A step on the projector: the section alone, large; a clicker goes through its phases.

import { message } from '../text/messages.js';
import { listenToClicker, turning } from '../ui/clicker.js';
import { find } from '../ui/dom.js';
import { link } from '../ui/frames.js';
import { createBlank, createInk } from '../ui/present.js';

/** @import { Shared } from './page.js' */
/** @import { openStep } from './step.js' */

/** @param {Shared} shared @param {ReturnType<typeof openStep>} step */
export function openPresenting({ root, theme, loop }, { element, stage, walk }) {
  const app = find('#app', HTMLElement);
  const [ink, blank] = [createInk(app), createBlank(app)];
  const out = link(message('present.end'), message('key.esc'), () => toggle());
  out.classList.add('present-end');
  let presents = false;

  function toggle() {
    presents = !presents;
    root.toggleAttribute('data-present', presents);
    element.toggleAttribute('data-shown', presents);
    if (presents) element.append(out);
    else {
      out.remove();
      for (const cover of [ink, blank]) cover.put(false);
    }
    theme.renew(); // what is read of the tokens is others
    stage.refit();
    loop.wake();
  }
  /** @type {Readonly<Record<string, () => void>>} */
  const clicker = { ...turning(walk), F5: toggle };
  listenToClicker((key) => (presents ? clicker[key] : undefined));
  const shade = () => void (presents && blank.put(!blank.on()));
  const freeze = () => void (presents && ink.put(!ink.on()));

  /** For Escape. */
  function release() {
    if (blank.on()) blank.put(false);
    else if (ink.on()) freeze();
    else if (presents) toggle();
  }
  return { toggle, release, keys: { p: toggle, b: shade, '.': shade, z: freeze } };
}

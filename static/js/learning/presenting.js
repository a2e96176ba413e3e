// A section on the projector: alone, and large; a clicker goes through the phases of a step.

import { message } from '../text/messages.js';
import { listenToClicker, turning } from '../ui/clicker.js';
import { find } from '../ui/dom.js';
import { link } from '../ui/frames.js';
import { createBlank, createInk } from '../ui/present.js';

/** @import { Shared } from './page.js' */

/**
 * A section that can be presented.
 *
 * @typedef {object} Presented
 * @property {HTMLElement} element
 * @property {() => void} refit its pictures are laid out anew
 * @property {(by: -1 | 1) => void} [walk] where a clicker leads
 */

/** @param {Shared} shared @param {readonly [Presented, ...Presented[]]} sections */
export function openPresenting({ root, theme, loop, viewport }, sections) {
  const app = find('#app', HTMLElement);
  const [ink, blank] = [createInk(app), createBlank(app)];
  const out = link(message('present.end'), message('key.esc'), () => toggle());
  out.classList.add('present-end');
  let presents = false;
  let [shown] = sections;
  /** The last one that begins above the middle of the window. */
  const inSight = () =>
    sections.findLast(({ element }) => viewport.place(element).top < viewport.windowHeight() / 2);

  function toggle() {
    presents = !presents;
    if (presents) shown = inSight() ?? sections[0];
    const { element, refit } = shown;
    root.toggleAttribute('data-present', presents);
    element.toggleAttribute('data-shown', presents);
    if (presents) element.append(out);
    else {
      out.remove();
      for (const cover of [ink, blank]) cover.put(false);
      element.scrollIntoView();
    }
    theme.renew(); // what is read of the tokens is others
    refit();
    loop.wake();
  }
  /** @type {Readonly<Record<string, () => void>>} */
  const clicker = { ...turning((by) => shown.walk?.(by)), F5: toggle };
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

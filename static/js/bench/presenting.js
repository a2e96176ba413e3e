// Presenting to a class: one section at a time, large; a picture that can be frozen and drawn on, a blank
// screen; by keys, of which a slide clicker has some.

import { message } from '../text/messages.js';
import { listenToClicker, turning } from '../ui/clicker.js';
import { find } from '../ui/dom.js';
import { link } from '../ui/frames.js';
import { createBlank, createInk } from '../ui/present.js';

/** @import { BenchPage } from './types.d.ts' */

/**
 * @param {BenchPage} page
 * @param {readonly HTMLElement[]} elements
 * @param {() => HTMLElement | undefined} now the section that is looked at
 */
export function openBenchPresenting({ root, theme, loop, opened }, elements, now) {
  const app = find('#app', HTMLElement);
  const [ink, blank] = [createInk(app), createBlank(app)];
  const out = link(message('present.end'), message('key.esc'), () => toggle());
  out.classList.add('present-end');
  let presents = false;

  /** @param {HTMLElement | undefined} section that stands alone */
  function show(section) {
    root.toggleAttribute('data-present', presents);
    for (const one of elements) one.toggleAttribute('data-shown', presents && one === section);
    if (presents) section?.append(out);
    else {
      out.remove();
      for (const cover of [ink, blank]) cover.put(false);
    }
    theme.renew(); // what is read of the tokens is others
    for (const { stage } of opened.values()) stage.refit();
    section?.scrollIntoView({ block: 'start' });
    loop.wake();
  }
  function toggle() {
    const section = now();
    presents = !presents;
    show(section);
  }
  /** @param {-1 | 1} by */
  function step(by) {
    const at = elements.findIndex((one) => one.hasAttribute('data-shown'));
    const next = elements[at + by];
    if (next) show(next);
  }
  const shade = () => void (presents && blank.put(!blank.on()));
  const freeze = () => void (presents && ink.put(!ink.on()));
  /** @type {Readonly<Record<string, () => void>>} */
  const clicker = { ...turning(step), F5: toggle };
  listenToClicker((key) => {
    const led = root.dataset['lesson'] !== undefined && key !== 'F5'; // they go through the lesson
    return presents && !led ? clicker[key] : undefined;
  });

  /** To a section, if one stands alone. @param {string} name */
  function go(name) {
    const section = elements.find(({ id }) => id === name);
    if (presents && section && !section.hasAttribute('data-shown')) show(section);
  }

  /** For Escape. */
  function release() {
    if (blank.on()) blank.put(false);
    else if (ink.on()) freeze();
    else if (presents) toggle();
  }
  return { toggle, release, go, keys: { p: toggle, b: shade, '.': shade, z: freeze } };
}

// Tells a second window, which shows the presenter's notes, where the lesson is, and hears its buttons.

/** @import { Led } from './led.js' */

const CHANNEL = 'convlens-lesson';

/** @typedef {Readonly<Record<string, string>>} Numbers of the words of a cue, by how they are asked for */
/** @typedef {{ readonly at: Led | null, readonly numbers: Numbers } | { readonly filled: Numbers } | { readonly by: -1 | 1 } | { readonly asks: true }} Told */

/** The window that shows the lesson. @param {(by: -1 | 1) => void} step */
export function openTold(step) {
  const channel = new BroadcastChannel(CHANNEL);
  /** @type {Led | null} */
  let at = null;
  /** @type {Numbers} */
  let numbers = {};
  channel.addEventListener('message', (/** @type {MessageEvent<Told>} */ { data }) => {
    if ('by' in data && at) step(data.by);
    if ('asks' in data && at) channel.postMessage({ at, numbers });
  });
  return {
    /** @param {Led | null} led */
    say(led) {
      at = led;
      channel.postMessage({ at, numbers });
    },
    /** @param {Numbers} known */
    fill(known) {
      numbers = known;
      if (at) channel.postMessage({ filled: numbers });
    },
  };
}

/** The window of the notes. @param {(at: Led | null, numbers: Numbers) => void} follow */
export function openNotes(follow) {
  const channel = new BroadcastChannel(CHANNEL);
  /** @type {Led | null} */
  let at = null;
  channel.addEventListener('message', (/** @type {MessageEvent<Told>} */ { data }) => {
    if ('at' in data) follow((at = data.at), data.numbers);
    if ('filled' in data) follow(at, data.filled);
  });
  channel.postMessage({ asks: true });
  return { step: (/** @type {-1 | 1} */ by) => channel.postMessage({ by }) };
}

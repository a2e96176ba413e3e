// A lesson on the page of operations: a cue is a link to a section.

import { ledParts } from '../lesson/led.js';
import { Player } from '../lesson/player.js';

/** @import { Ground } from '../lesson/types.d.ts' */
/** @import { BenchPage } from './types.d.ts' */

/** Elements of a section that a spotlight may be on. @type {Readonly<Record<string, string>>} */
const SPOTS = {
  ...{ title: 'h2', hands: '.hands', stage: '.stage', account: '.account' },
  ...{ question: '.question', onward: '.onward' },
};

/**
 * @param {BenchPage} page
 * @param {(section: string) => void} go to a section, where one stands alone
 */
export function openBenchLesson(page, go) {
  const { root, address, opened, loop } = page;
  /** Something was done by hand in a section since the cue was shown. */
  let hand = false;

  /** @type {Ground} */
  const ground = {
    ...{ root, app: document.body, page: 'operations', tell: page.tell },
    ...{ led: address.led, lead: address.lead, drawing: address.drawing },
    has: () => true,
    show(led, _, cue) {
      const { section, parts } = cue;
      [hand, coming] = [false, cue];
      const drawing = address.drawing();
      const said = { v: '1', ...(drawing && { drawing }), ...parts };
      const query = new URLSearchParams([...Object.entries(said), ...ledParts(led)]);
      go(section);
      address.open(`${section}&${query}`);
    },
    found({ section }) {
      const { graph = null, trace = null, busy = true } = opened.get(section)?.store.get() ?? {};
      return graph && { graph, tensors: busy ? null : (trace?.tensors ?? null) };
    },
    spot({ section, spotlight }) {
      const part = SPOTS[spotlight];
      const element = part ? document.querySelector(`#${section} ${part}`) : null;
      element?.scrollIntoView({ block: 'nearest' });
      return element;
    },
    refit() {
      for (const { stage } of opened.values()) stage.refit();
      loop.wake();
    },
  };
  const player = new Player(ground);
  /** The cue whose spotlight is to be brought into sight once its section has its height. @type {import('../wire/types.d.ts').LessonCue | null} */
  let coming = null;

  function settle() {
    if (!coming || !ground.found(coming)?.tensors) return;
    ground.spot(coming);
    coming = null;
  }

  /** @param {Event} event */
  function notice({ target, isTrusted, type }) {
    if (!isTrusted || !(target instanceof Element) || target.closest('.lesson')) return;
    hand ||= type !== 'wheel' && target.closest('[data-section]') !== null;
    player.stop();
  }
  for (const touch of ['pointerdown', 'keydown', 'wheel'])
    root.addEventListener(touch, notice, { capture: true, passive: true });

  return {
    follow: () => void player.follow(),
    fill() {
      player.fill();
      settle();
    },
    /** What a section was given, or what is pinned in it. */
    changed() {
      if (hand) player.touched();
    },
  };
}

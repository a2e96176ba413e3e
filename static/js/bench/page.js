// The page of operations: its sections, each opened when it comes near; their common theme, keys, link
// and connection.

import { openBenchLesson } from './lesson.js';
import { openBenchPresenting } from './presenting.js';
import { recall, remember } from '../core/store.js';
import { createLoop } from '../core/loop.js';
import { createTheme } from '../core/theme.js';
import { createTiming } from '../core/timing.js';
import { createViewport, isPhone, onNarrow } from '../core/viewport.js';
import { listenToKeys } from '../input/keys.js';
import { message, speak } from '../text/messages.js';
import { localeOf, writeIn } from '../text/numbers.js';
import { learn } from '../text/sentences.js';
import { find, say } from '../ui/dom.js';
import { formNamed } from '../ui/receipt/forms.js';
import { listenToButtons } from '../ui/tools.js';
import { createLink } from '../wire/link.js';
import { preferLive } from '../wire/live.js';
import { Reader } from '../wire/reader.js';
import { start } from '../wire/start.js';
import { openAddress } from './address.js';
import { createBenchHandle } from './handle.js';
import { openSection } from './section.js';
import { SECTIONS } from './sections.js';

/** @import { BenchPage, OpenSection, Section } from './types.d.ts' */

/** Sections are opened that far from the window, CSS pixels. */
const NEAR = '400px';

/** @param {HTMLElement} root */
export function openOperationsPage(root) {
  const { language, messages } = start();
  writeIn(localeOf(root.lang));
  speak(messages, language);
  learn(language);
  /** @type {Map<string, OpenSection>} */
  const opened = new Map();
  const page = createPage(root, opened);
  const elements = [...root.querySelectorAll('[data-section]')].filter(
    (one) => one instanceof HTMLElement,
  );
  const now = () => current(page, elements);
  openWhenNear(elements, opened, (section, element) => opening(page, section, element));
  Object.assign(window, { convlens: createBenchHandle(page) });
  const presenting = openBenchPresenting(page, elements, now);
  page.lesson = openBenchLesson(page, presenting.go);
  if (page.address.presents()) presenting.toggle();
  const keyed = /** @type {Record<string, () => void>} */ ({});
  for (const key of ['r', '<', '>', 'w', '+', '=', '-', 'f'])
    keyed[key] = () => opened.get(now()?.id ?? '')?.keys[key]?.();
  const actions = { theme: page.theme.toggle, present: presenting.toggle };
  listenToButtons(actions);
  listenToKeys(
    document,
    {
      ...{ ...keyed, ...presenting.keys, d: page.theme.toggle },
      escape: () => void (opened.get(now()?.id ?? '')?.release() || presenting.release()),
    },
    () => recall('shortcuts') !== 'off',
  );
}

/** @param {HTMLElement} root @param {ReadonlyMap<string, OpenSection>} opened @returns {BenchPage} */
function createPage(root, opened) {
  const banner = find('#banner', HTMLElement);
  const loop = createLoop();
  const theme = createTheme(root, (next) => {
    for (const { store, stage } of opened.values()) {
      store.set({ theme: next.name });
      stage.view.setTheme(next);
    }
    loop.wake();
  });
  let wrong = ''; // with the link that was opened
  const link = createLink({
    url: 'healthz',
    onChange(away) {
      root.dataset['state'] = away ? 'error' : 'ready';
      say(banner, away ? message('bench.away') : wrong);
      if (!away) reader.resume();
    },
  });
  const timing = createTiming();
  loop.add('before', timing.paints);
  loop.add('painted', timing.painted);
  const reader = new Reader({ link, onAnswered: timing.answered });
  const touched = new AbortController();
  for (const touch of ['pointerdown', 'keydown'])
    root.addEventListener(touch, () => touched.abort(), { signal: touched.signal, capture: true });
  touched.signal.addEventListener('abort', () => preferLive(reader));
  const tell = (/** @type {string} */ sentence) => {
    wrong = sentence;
    say(banner, wrong);
  };
  const address = openAddress(opened, tell, () => page.lesson?.follow());
  const { read, keep } = address;
  onNarrow(() => {
    for (const { store } of opened.values()) store.set({ phone: isPhone() });
  });
  /** @type {BenchPage} */
  const page = {
    ...{ root, theme, loop, viewport: createViewport(), reader, timing, opened, read, keep },
    ...{ address, tell, lesson: null },
    /** What was chosen on an earlier visit. */
    kept: () => ({ form: formNamed(recall('form')), unfolded: recall('words') === 'all' }),
  };
  return page;
}

/**
 * What is near is opened, once; what is far does not play.
 *
 * @param {readonly HTMLElement[]} elements
 * @param {Map<string, OpenSection>} opened
 * @param {(section: Section, element: HTMLElement) => OpenSection} open
 */
function openWhenNear(elements, opened, open) {
  /** @param {IntersectionObserverEntry} entry */
  function follow({ isIntersecting, target }) {
    const section = SECTIONS.find(({ name }) => name === target.id);
    const known = opened.get(target.id);
    if (!section || !(target instanceof HTMLElement)) return;
    if (isIntersecting && !known) opened.set(target.id, open(section, target));
    if (!isIntersecting && known) known.pause();
  }
  const near = new IntersectionObserver((entries) => entries.forEach(follow), { rootMargin: NEAR });
  for (const element of elements) near.observe(element);
}

/** @param {BenchPage} page @param {Section} section @param {HTMLElement} element */
function opening(page, section, element) {
  const open = openSection(page, section, element);
  open.store.subscribe((state, changed) => {
    if ('form' in changed) remember('form', state.form);
    if ('unfolded' in changed) remember('words', state.unfolded ? 'all' : 'gist');
    if ('given' in changed || 'pinned' in changed || 'play' in changed) {
      page.keep(section.name);
      page.lesson?.changed();
    }
    if (['trace', 'graph', 'busy'].some((key) => key in changed)) page.lesson?.fill();
    page.loop.wake();
  });
  element.dataset['opened'] = '';
  page.root.dataset['state'] = 'ready';
  return open;
}

/**
 * The section that keys are meant for: the one that has the focus, else the one in the middle.
 *
 * @param {BenchPage} page
 * @param {readonly HTMLElement[]} elements
 */
function current({ viewport }, elements) {
  const focused = elements.find((one) => one.contains(document.activeElement));
  if (focused) return focused;
  const middle = viewport.windowHeight() / 2;
  return elements.find((one) => viewport.place(one).bottom > middle) ?? elements.at(-1);
}

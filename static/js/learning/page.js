// The page of learning: what its sections share.

import { recall } from '../core/store.js';
import { createLoop } from '../core/loop.js';
import { createTheme } from '../core/theme.js';
import { createViewport } from '../core/viewport.js';
import { listenToKeys } from '../input/keys.js';
import { message, speak } from '../text/messages.js';
import { localeOf, writeIn } from '../text/numbers.js';
import { learn } from '../text/sentences.js';
import { find, say } from '../ui/dom.js';
import { listenToButtons } from '../ui/tools.js';
import { createLink } from '../wire/link.js';
import { preferLive } from '../wire/live.js';
import { Reader } from '../wire/reader.js';
import { start } from '../wire/start.js';
import { openBoat } from './boat.js';
import { openHistory } from './history.js';
import { openPresenting } from './presenting.js';
import { openHandwriting } from './handwriting.js';
import { openStep } from './step.js';
import { openTraining } from './training.js';

/** @import { Loop } from '../core/loop.js' */
/** @import { Themes } from '../core/theme.js' */
/** @import { Viewport } from '../core/viewport.js' */

/** @typedef {{ root: HTMLElement, loop: Loop, viewport: Viewport, theme: Themes, reader: Reader }} Shared */

/** What a section offers to keys and to scripts. @typedef {{ keys?: Readonly<Record<string, () => void>>, handle?: object }} Offer */

/** @param {HTMLElement} root */
export function openLearningPage(root) {
  const { language, messages, model } = start();
  if (!model) throw new Error('The page came without its network.');
  writeIn(localeOf(root.lang));
  speak(messages, language);
  learn(language);
  const loop = createLoop();
  const theme = createTheme(root, (next) => {
    for (const part of parts) part.setTheme(next);
    loop.wake();
  });
  const banner = find('#banner', HTMLElement);
  const link = createLink({
    url: 'healthz',
    onChange(away) {
      root.dataset['state'] = away ? 'error' : 'ready';
      say(banner, away ? message('bench.away') : '');
      if (!away) reader.resume();
    },
  });
  const reader = new Reader({ link });
  addEventListener('pointerdown', () => preferLive(reader), { once: true, capture: true });
  const shared = { root, loop, viewport: createViewport(), theme, reader };
  sectionOf('boat', openBoat);
  const step = sectionOf('step', (section) => openStep(shared, model, section));
  const history = sectionOf('history', (section) => openHistory(shared, section));
  const training = sectionOf('training', (section) => openTraining(shared, section));
  const handwriting = sectionOf('handwriting', (section) => openHandwriting(shared, section));
  const parts = [step, history, training, handwriting].flatMap((one) => one ?? []);
  const [first, ...more] = parts;
  const presenting = first && openPresenting(shared, [first, ...more]);
  if (!presenting) find('[data-action=present]', HTMLElement).hidden = true;
  const account = () => parts.forEach(({ fold }) => fold());
  const actions = {
    theme: theme.toggle,
    account,
    ...(presenting && { present: presenting.toggle }),
  };
  listenToButtons(actions);
  const escape = () => void (parts.some((one) => one.release()) || presenting?.release());
  const offers = /** @type {readonly Offer[]} */ (parts);
  const keys = Object.assign({}, ...offers.map((one) => one.keys), presenting?.keys, {
    a: account,
    d: theme.toggle,
    escape,
  });
  listenToKeys(document, keys, () => recall('shortcuts') !== 'off');
  const handle = Object.assign({}, ...offers.map((one) => one.handle));
  Object.assign(window, { convlens: handle });
  root.dataset['state'] = 'ready';
}

/** @template Opened @param {string} name @param {(section: HTMLElement) => Opened} open @returns {Opened | null} null where the page is without it */
function sectionOf(name, open) {
  const section = document.getElementById(name);
  return section && open(section);
}

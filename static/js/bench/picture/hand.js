// The hand that gives a picture: a pad to draw on, sample digits, the boat, a file, the camera.

import { createFiles } from '../../input/files.js';
import { prepare } from '../../input/prepare.js';
import { message } from '../../text/messages.js';
import { button, html, say } from '../../ui/dom.js';
import { createMore, createSample } from '../../ui/sample.js';
import { untilAnswered } from '../../wire/ask.js';
import { BOAT_PICTURE, pictureIn, sampleDigit, sampleDigits } from '../picture.js';
import { createDrawn } from './pad.js';
import { createShutter } from './shutter.js';

/** @import { BenchPage, Picture } from '../types.d.ts' */

const FILES = 'image/*,.heic,.heif,.avif,.bmp,.svg,.tif,.tiff';

/**
 * @param {object} options
 * @param {Pick<BenchPage, 'viewport' | 'theme'>} options.page
 * @param {(picture: Picture) => void} options.change
 * @param {boolean} [options.drawn] digits and drawings only
 */
export function createPicture({ page, change, drawn = false }) {
  const pad = createDrawn(page, change);
  const told = html('p', { class: 'told', role: 'status' });
  const samples = html('div', {
    ...{ class: 'samples', role: 'group', 'aria-label': message('samples.title') },
  });
  void untilAnswered(sampleDigits).then((digits) => {
    for (const sample of digits)
      samples.append(createSample(sample, () => change(sampleDigit(Number(sample.digit)))));
    samples.append(
      createMore(
        () => import('../../wire/sets.js'),
        (drawing) => change(pictureIn(drawing)),
      ),
    );
  });
  const element = html('div', {
    ...{ class: 'picture', role: 'group', 'aria-label': message('bench.picture') },
  });
  element.append(pad.element, html('div', { class: 'picture-tools' }, ...pad.tools, samples));
  const others = drawn ? null : createOthers({ element, pad: pad.element, told, change });
  if (others) element.append(...others.elements, told);
  /** @type {Picture | null} */
  let shown = null;

  return {
    element,
    /** @param {Picture} picture */
    show(picture) {
      pad.renew();
      if (picture === shown) return;
      shown = picture;
      say(told, '');
      void pad.show(picture);
    },
    pause: () => others?.pause(),
  };
}

/**
 * What is not drawn.
 *
 * @param {object} options
 * @param {HTMLElement} options.element of the hand, on which files can be dropped
 * @param {HTMLElement} options.pad
 * @param {HTMLElement} options.told
 * @param {(picture: Picture) => void} options.change
 */
function createOthers({ element, pad, told, change }) {
  const chooser = html('input', { type: 'file', accept: FILES, hidden: true });
  let latest = 0;
  /** @param {Blob} brought */
  async function bring(brought) {
    const mine = ++latest;
    try {
      const { file, size } = await prepare(brought);
      if (mine === latest) change(Object.freeze({ from: 'file', file, size }));
    } catch {
      if (mine === latest) say(told, message('file.unreadable'));
    }
  }
  const files = createFiles({ chooser, target: pad, place: element, onFile: bring });
  const shutter = createShutter({ pad, told, choose: files.choose, take: bring });
  const act = (/** @type {string} */ word, /** @type {() => void} */ onclick) =>
    button({ class: 'action', onclick }, word);
  const sources = html(
    'div',
    { class: 'choice' },
    act(message('bench.picture.boat'), () => change(BOAT_PICTURE)),
    act(message('bench.picture.file'), files.choose),
    ...shutter.buttons,
    chooser,
  );
  const where = html('p', { class: 'picture-where' }, message(whither()));
  return { elements: [sources, where], pause: shutter.pause };
}

/** Where a picture goes. */
function whither() {
  const { hostname } = location;
  const here = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  return here ? 'bench.picture.here' : 'bench.picture.there';
}

// The test images of the set that a network learns from, one after the other, as the drawing; and what
// each truly is. Of what is not made of strokes they come first: a drawing is not what it learns to read.

import { createFiles } from '../../input/files.js';
import { prepare } from '../../input/prepare.js';
import { EMPTY } from '../../input/strokes.js';
import { pictureOf } from '../../input/written.js';
import { message } from '../../text/messages.js';
import { grouped } from '../../text/numbers.js';
import { errorText } from '../../text/refusals.js';
import { button, html, icon, say } from '../../ui/dom.js';
import { untilAnswered } from '../../wire/ask.js';

/** @import { Drawing } from '../../input/editor.js' */
/** @import { SetImage, Sets } from '../../wire/sets.js' */
/** @import { DataSet } from '../../wire/types.d.ts' */

/**
 * @param {() => Promise<Sets>} load what asks the server for images of sets
 * @param {(drawing: Drawing) => void} give
 * @param {() => void} wake the loop
 * @param {(given: Drawing | null) => boolean} isFirst whether nobody has given another drawing than this one, or that at first
 */
export function createTested(load, give, wake, isFirst) {
  /** @type {DataSet | null} */
  let set = null;
  let [wanted, asked] = ['', 0];
  /** @type {{ drawing: Drawing | null, place: number, label: number }} */
  let taken = { drawing: null, place: -1, label: 0 };
  const row = createRow(
    (place) => void go(place),
    (by) => void go(taken.place < 0 && by < 0 ? by : taken.place + by),
  );
  const { number } = row;
  const said = html('p', { class: 'refused', role: 'status' });
  const file = createFile(give, said);
  const element = html('div', { class: 'training-tested' }, ...row.elements, file.element, said);

  /** @param {number} place of an image; beyond an end it goes on at the other */
  async function go(place) {
    const [one, count, mine] = [set, set?.images?.test ?? 0, ++asked];
    if (!one || !count) return;
    taken = { ...taken, place: (place + count) % count }; // whoever is quick goes on from there
    try {
      const { images } = await (await load()).fetchImages(one.id, { at: taken.place });
      const [image] = images;
      if (!image || mine !== asked) return;
      const drawing = Object.freeze(pictureOf(image.pixels));
      tell(drawing, image);
      give(drawing);
      say(said, '');
    } catch (error) {
      say(said, errorText(error));
    }
  }

  /** @param {Drawing} drawing @param {SetImage} image that it is */
  function tell(drawing, { place, label }) {
    taken = { drawing, place, label };
    number.value = String(place);
  }

  /** @param {string} id */
  async function open(id) {
    const before = taken.drawing;
    [set, taken] = [null, { ...taken, drawing: null, place: -1 }];
    number.value = '';
    const { sets } = await untilAnswered(async () => (await load()).fetchSets());
    if (wanted !== id) return;
    set = sets.find((one) => one.id === id && one.images && !one.problem) ?? null;
    wake();
    if (set && !set.strokes && isFirst(before)) await go(0);
  }

  return {
    ...{ element, tell },
    /** @param {string} id of the set @param {Drawing} drawing that is read */
    show(id, drawing) {
      if (id !== wanted) void open((wanted = id));
      element.hidden = !set;
      if (!set) return;
      row.show(set, drawing === taken.drawing ? (set.classes[taken.label] ?? '') : null);
      file.element.hidden = set.strokes;
    },
  };
}

/** @param {(place: number) => void} go @param {(by: -1 | 1) => void} step */
function createRow(go, step) {
  const number = html('input', {
    ...{
      type: 'number',
      class: 'typed',
      min: 0,
      step: 1,
      'aria-label': message('training.tested.image'),
    },
    onchange: () => number.value && number.checkValidity() && go(Number(number.value)),
  });
  const turn = (/** @type {'back' | 'forth'} */ shape, /** @type {-1 | 1} */ by) => {
    const label = message(`training.tested.${shape}`);
    const onclick = () => step(by);
    return button({ class: 'button', 'aria-label': label, title: label, onclick }, icon(shape));
  };
  const name = html('span', {}, message('training.tested.image'));
  const [about, of, truth] = [html('p'), html('span'), html('b', { role: 'status' })];
  return {
    number,
    elements: [about, html('div', {}, name, turn('back', -1), number, turn('forth', 1), of, truth)],
    /** @param {DataSet} set @param {string | null} name of the class that it is; null while another drawing is read */
    show({ title, images, strokes }, name) {
      const count = images?.test ?? 0;
      const last = String(count - 1);
      if (number.max !== last) number.max = last;
      say(about, strokes ? '' : message('training.tested.pictures', { title }));
      say(of, message('training.tested.of', { count: grouped(count) }));
      say(truth, name === null ? '' : message('training.tested.is', { name }));
    },
  };
}

/** A picture of one's own. @param {(drawing: Drawing) => void} give @param {HTMLElement} said why there is none */
function createFile(give, said) {
  const chooser = html('input', { type: 'file', accept: 'image/*', hidden: true });
  const open = button(
    { class: 'action', onclick: () => choose() },
    message('training.tested.file'),
  );
  const element = html('div', {}, open, chooser);
  const { choose } = createFiles({
    ...{ chooser, target: open, place: element },
    async onFile(brought) {
      const found = await prepare(brought).catch(() => null);
      say(said, found ? '' : message('file.unreadable'));
      if (found) give(Object.freeze({ ...EMPTY, ...found }));
    },
  });
  return { element };
}

// An image of a set as the drawing: a small dialog from which one is taken.

import { imageOf } from '../input/look.js';
import { SIDE, pictureOf } from '../input/written.js';
import { message } from '../text/messages.js';
import { errorText } from '../text/refusals.js';
import { button, html, say } from './dom.js';

/** @import { Drawing } from '../input/editor.js' */
/** @import { SetImage, Sets } from '../wire/sets.js' */
/** @import { DataSet } from '../wire/types.d.ts' */

/** So many are added at once. */
const PAGE = 40;

/**
 * @param {Sets} sets the server's
 * @param {string} id of one of them
 * @param {(drawing: Drawing, image: SetImage) => void} take
 */
export async function pickImage(sets, id, take) {
  const frame = framed();
  const { dialog, said } = frame;
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
  const tell = (/** @type {Promise<void>} */ act) =>
    act.catch((error) => say(said, errorText(error)));
  const chosen = (/** @type {SetImage} */ image) => {
    dialog.close();
    take(Object.freeze(pictureOf(image.pixels)), image);
  };
  await tell(offer());

  async function offer() {
    const set = (await sets.fetchSets()).sets.find((one) => one.id === id && one.images);
    if (!set?.images) return say(said, message('images.none'));
    const { title, images } = set;
    say(said, message('images.lead', { title, count: images.test }));
    offerNumber(frame, images.test, (at) =>
      tell(sets.fetchImages(id, { at }).then(({ images: [first] }) => first && chosen(first))),
    );
    const turn = createPages(frame, sets, set, chosen);
    frame.more.addEventListener('click', () => tell(turn.next()));
    offerClasses(frame, set, (label) => tell(turn.begin(label)));
    await turn.begin(null);
  }
}

/**
 * The images of a class or of all, page after page.
 *
 * @param {ReturnType<typeof framed>} frame
 * @param {Sets} sets
 * @param {DataSet} set
 * @param {(image: SetImage) => void} take
 */
function createPages({ grid, more }, sets, { id, classes }, take) {
  let [wanted, start] = [{}, 0];
  async function next() {
    const asked = wanted;
    const { images, of } = await sets.fetchImages(id, { ...asked, start, count: PAGE });
    if (asked !== wanted) return; // another class was chosen meanwhile
    grid.append(...images.map((one) => createTile(one, classes, () => take(one))));
    start += images.length;
    more.hidden = start >= of;
  }
  return {
    next,
    /** @param {number | null} label */
    begin(label) {
      [wanted, start] = [label === null ? {} : { label }, 0];
      grid.replaceChildren();
      return next();
    },
  };
}

/** @param {ReturnType<typeof framed>} frame @param {DataSet} set @param {(label: number | null) => void} choose */
function offerClasses({ classes }, set, choose) {
  const labels = [null, ...set.classes.keys()];
  const buttons = labels.map((label) => {
    const word = label === null ? message('images.any') : (set.classes[label] ?? '');
    const onclick = () => {
      press(label);
      choose(label);
    };
    return button({ class: 'action', onclick }, word);
  });
  const press = (/** @type {number | null} */ label) => {
    for (const [i, one] of buttons.entries()) one.ariaPressed = String(labels[i] === label);
  };
  press(null);
  classes.append(...buttons);
  classes.hidden = false;
}

/** @param {ReturnType<typeof framed>} frame @param {number} count @param {(place: string) => void} take */
function offerNumber({ form, number, go }, count, take) {
  number.max = String(count - 1);
  form.addEventListener('submit', (event) => {
    if (event.submitter !== go) return;
    event.preventDefault();
    take(number.value);
  });
  if (number.parentElement) number.parentElement.hidden = false;
}

function framed() {
  const title = html('h2', { id: 'images-title' }, message('images.title'));
  const said = html('p', { role: 'status' }, message('images.coming'));
  const named = { role: 'group', 'aria-label': message('images.classes'), hidden: true };
  const classes = html('div', { class: 'images-classes', ...named });
  const grid = html('div', { class: 'images-grid' });
  const more = button({ class: 'action', hidden: true }, message('images.more'));
  const number = html('input', { type: 'number', min: 0, step: 1, required: true });
  const go = html('button', { type: 'submit', class: 'action' }, message('images.take'));
  const label = html('label', { hidden: true }, message('images.number'), number, go);
  const close = html('button', { class: 'link', formnovalidate: true }, message('close.word'));
  const form = html('form', { method: 'dialog' }, title, said, classes, grid, more, label, close);
  const dialog = html('dialog', { class: 'images', 'aria-labelledby': title.id }, form);
  return { dialog, form, said, classes, grid, more, number, go };
}

/** @param {SetImage} image @param {readonly string[]} names of classes @param {() => void} onclick */
function createTile({ place, label, pixels }, names, onclick) {
  const size = { width: SIDE, height: SIDE };
  const canvas = html('canvas', size);
  canvas.getContext('2d')?.putImageData(imageOf(size, pixels), 0, 0);
  const said = message('images.one', { place, name: names[label] ?? '' });
  return button({ class: 'images-one', 'aria-label': said, title: said, onclick }, canvas);
}

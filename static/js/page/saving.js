// Keeps what is on the page as files: the stage as a picture, the trace of the drawing as numbers.

import { message } from '../text/messages.js';
import { errorText } from '../text/refusals.js';
import { saveFile } from '../ui/dom.js';
import { panelLine } from '../ui/frames.js';
import { createSavePanel } from '../ui/saving.js';
import { Foreseen } from '../wire/refusal.js';
import { captionOf } from './printing.js';
import { SCALES } from './state.js';
import { NUMBERS, saveTrace } from './tracefile.js';

/** @import { Look } from '../ui/saving.js' */
/** @import { Feature, Offer, Page } from './types.d.ts' */

/** Files end as these are called, in small letters. */
const PICTURES = ['PNG', 'SVG'];

/** @type {Feature} */
export const saving = { name: 'saving', open };

/** @param {Page} page @returns {Offer} */
function open(page) {
  const { store, network, opening } = page;
  let said = '';
  /** @type {(() => void) | null} */
  let show = null;

  /** @param {Promise<string>} name of a file, once it is kept */
  async function save(name) {
    try {
      said = message('save.saved', { file: await name });
    } catch (error) {
      said = errorText(error);
    }
    show?.();
  }
  const on = {
    close: opening.close,
    choose: (/** @type {Partial<Look>} */ look) =>
      store.set({ picture: { ...store.get().picture, ...look } }),
    picture: (/** @type {string} */ form) => void save(savePicture(page, form)),
    numbers: (/** @type {string} */ form) => void save(saveTrace(network, store.get(), form)),
  };
  /** @type {import('./types.d.ts').Panel} */
  const panel = {
    ...{ focus: '.save button', reads: ['space', 'trace', 'theme', 'picture'] },
    make(_, shape) {
      said = '';
      if (shape === 'line') {
        const element = panelLine(message('save.title'), opening.close);
        return { element, show: () => {} };
      }
      const offers = { scales: SCALES, pictures: PICTURES, numbers: Object.keys(NUMBERS) };
      const made = createSavePanel(shape, offers, on);
      show = () => made.show(store.get(), said);
      return { element: made.element, show };
    },
  };
  return { panels: { save: panel } };
}

/** @param {Page} page @param {string} form @returns {Promise<string>} name of the file */
async function savePicture({ store, stage, id }, form) {
  const { pictureOf } = await import('../stage/picture.js');
  const state = store.get();
  const { scale, theme } = state.picture;
  const said = captionOf(state, stage);
  const look = { svg: form === 'SVG', scale, theme: theme ?? state.theme };
  const blob = await pictureOf(stage, { ...look, title: said.slice(0, 2).join(' '), said });
  if (!blob) throw new Foreseen('large-picture');
  return saveFile(blob, `${state.spec?.id ?? id}.${form.toLowerCase()}`);
}

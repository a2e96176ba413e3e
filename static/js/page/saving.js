// Keeps what is on the page as files: the stage as a picture, the trace of the drawing as numbers.

import { account } from '../scene/account.js';
import { viewOf } from '../stage/state.js';
import { message } from '../text/messages.js';
import { errorText } from '../text/refusals.js';
import { html, saveFile } from '../ui/dom.js';
import { panelLine } from '../ui/frames.js';
import { createSavePanel } from '../ui/saving.js';
import { fetchFile } from '../wire/file.js';
import { Foreseen } from '../wire/refusal.js';
import { SCALES } from './state.js';

/** @import { Network } from '../wire/questions.js' */
/** @import { Look } from '../ui/saving.js' */
/** @import { State } from './state.js' */
/** @import { Feature, Offer, Page } from './types.d.ts' */

/** Files end as these are called, in small letters. */
const PICTURES = ['PNG', 'SVG'];
/** The media types of a trace. @type {Readonly<Record<string, string>>} */
const NUMBERS = {
  safetensors: 'application/vnd.safetensors',
  NPZ: 'application/x-npz',
  CSV: 'text/csv',
  JSON: 'application/json',
};
/** Of a hash. */
const DIGITS = 8;

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
  printCaption(page);
  /** @type {import('./types.d.ts').Panel} */
  const panel = {
    ...{ key: 'x', focus: '.save button', reads: ['space', 'trace', 'theme', 'picture'] },
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

/**
 * @param {Network} network
 * @param {Readonly<State>} state
 * @param {string} [form]
 * @returns {Promise<string>} name of the file
 */
export async function saveTrace(network, { drawing, center, trace }, form = 'NPZ') {
  const asked = { network, what: 'trace', drawing, center, moved: trace?.moved };
  return saveFile(await fetchFile(asked, NUMBERS[form] ?? ''), `trace.${form.toLowerCase()}`);
}

/**
 * Which network this is, what is read and how sure, and the pinned cell.
 *
 * @param {Readonly<State>} state
 * @param {Page['stage']} stage
 * @returns {string[]}
 */
function captionOf(state, stage) {
  const { trace, weights, spec } = state;
  const hash = (trace?.metadata['weights'] ?? weights?.sha256 ?? '').slice(0, DIGITS);
  const network = [message('save.network'), spec?.title ?? '', message('save.weights', { hash })];
  return [...network, ...readIn(state), pinnedIn(state, stage)].filter(Boolean);
}

/** @param {Readonly<State>} state */
function readIn(state) {
  const answer = state.graph && state.trace && account(state.graph, viewOf(state), null);
  if (answer?.kind !== 'answer') return [message('save.empty')];
  const { name, probabilityText: share, doubtText } = answer;
  return [message('save.reads', { class: name, share }), doubtText];
}

/** @param {Readonly<State>} state @param {Page['stage']} stage */
function pinnedIn(state, stage) {
  const { graph, pinned, kit } = state;
  const told = graph && pinned && kit?.tell(stage, state, graph, pinned);
  return told
    ? message('save.cell', { name: told.receipt.name, value: told.receipt.valueText })
    : '';
}

/** On paper, below all: the caption, and the link that leads back. @param {Page} page */
function printCaption({ store, stage, address }) {
  const place = html('p', { class: 'printed', hidden: true });
  document.body.append(place);
  addEventListener('beforeprint', () => {
    const lines = [captionOf(store.get(), stage).join(' · '), address.link()];
    place.replaceChildren(...lines.map((line) => html('span', {}, line)));
    place.hidden = false;
  });
  addEventListener('afterprint', () => void (place.hidden = true));
}

// The same questions on paper: a worksheet, and its answers on a page of their own; or as a file.

import { message } from '../text/messages.js';
import { html, saveFile } from '../ui/dom.js';
import { fetchForm } from '../wire/quiz.js';
import { answerText } from './card.js';
import { createGrid, isSigned } from './grid.js';
import { letter, said } from './words.js';

/** @import { Theme } from '../core/theme.js' */
/** @import { Form } from '../wire/quiz.js' */
/** @import { Model, Quiz, QuizItem } from '../wire/types.d.ts' */
/** @import { QuizState } from './state.js' */

/** @param {Quiz} quiz @param {Model} model @param {Theme} theme @returns {HTMLElement[]} questions, then answers */
export function createSheet({ items, level, seed }, { title: network }, theme) {
  const title = message('quiz.sheet.title', { network, level, seed });
  const signed = items.some(({ grids }) => grids.some(isSigned));
  const questions = html(
    'section',
    { class: 'sheet-questions' },
    html('h2', {}, title),
    html('p', { class: 'sheet-name' }, message('quiz.sheet.name')),
    signed && html('p', {}, message('quiz.sheet.dash')),
    html('ol', {}, ...items.map((item) => questionOf(item, theme))),
  );
  const lines = items.map((item) =>
    html('li', {}, html('b', {}, answerText(item)), ' ', said(item.why)),
  );
  const key = html(
    'section',
    { class: 'sheet-key' },
    html('h2', {}, `${message('quiz.sheet.key')}. ${title}`),
    html('ol', {}, ...lines),
  );
  return [questions, key];
}

/** @param {QuizItem} item @param {Theme} theme */
function questionOf(item, theme) {
  const options = item.options.map((option, i) =>
    html(
      'li',
      {},
      html('b', {}, letter(i)),
      option.grid
        ? createGrid(option.grid, theme, { titled: false, marked: true })
        : said(option.says),
    ),
  );
  const answers =
    item.form === 'number'
      ? html('p', { class: 'sheet-line' }, `${message('quiz.type')}:`)
      : html('ul', { class: 'sheet-options' }, ...options);
  const grids = item.grids.map((grid) => createGrid(grid, theme, { marked: true }));
  const given = html('div', { class: 'grids' }, ...grids);
  return html('li', {}, html('p', { class: 'asks' }, said(item.asks)), given, answers);
}

/**
 * @param {Readonly<QuizState>} state
 * @param {Model} model
 * @param {Exclude<Form, 'json'>} form
 */
export async function saveForm({ drawing, wanted }, model, form) {
  if (!drawing) return;
  const file = await fetchForm(model.id, drawing, wanted, form);
  const ending = form === 'csv' ? 'csv' : 'gift.txt';
  saveFile(file, `convlens-${model.id}-${wanted.level}-${wanted.seed}.${ending}`);
}

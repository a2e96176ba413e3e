// The forms of an account that are read: words, a formula, a table, code.

import { code, gist, table, words } from '../../scene/receipt/forms.js';
import { formula } from '../../scene/receipt/formula.js';
import { message } from '../../text/messages.js';
import { errorText } from '../../text/refusals.js';
import { html, math, say } from '../dom.js';

/** @import { MathNode, Paragraph, Run, TableCell, TableRow } from '../../kinds/receipt.d.ts' */
/** @import { FormView, Means, Told } from './types.d.ts' */

/** @type {Readonly<Record<Run['tone'], string>>} */
const TONES = { plain: '', strong: 'strong', pos: 'above', neg: 'below' };

/**
 * What matters, and folded below it all of it.
 *
 * @param {Means} means
 * @returns {FormView}
 */
export function createWords({ jump, unfold }) {
  const short = html('div', { class: 'gist' });
  const long = html('div');
  const summary = html('summary', {}, message('form.all'));
  const whole = html('details', {}, summary, long);
  const element = html('div', { class: 'words' }, short, whole);
  summary.addEventListener('click', (event) => {
    event.preventDefault(); // it opens when the state says so, here and beside
    unfold?.(!whole.open);
  });

  /** @param {Run} run */
  function runOf({ text, tone, cell }) {
    if (cell) {
      const button = html('button', { type: 'button', class: `jump ${TONES[tone]}` }, text);
      button.addEventListener('click', () => jump(cell));
      return button;
    }
    if (tone === 'plain') return text;
    return html(tone === 'strong' ? 'b' : 'span', { class: TONES[tone] }, text);
  }

  /** @param {Paragraph} paragraph */
  const paragraphOf = ({ role, runs }) => html('p', { 'data-role': role }, ...runs.map(runOf));

  return {
    element,
    /** @param {Told} told */
    show({ receipt, unfolded }) {
      whole.open = unfolded;
      short.replaceChildren(...gist(receipt).map(paragraphOf));
      long.replaceChildren(...(unfolded ? words(receipt).map(paragraphOf) : []));
    },
  };
}

/** @returns {FormView} */
export function createFormula() {
  const element = html('div', { class: 'formula' });
  return {
    element,
    /** @param {Told} told */
    show({ receipt }) {
      const lines = formula(receipt).map(({ role, math: root, text }) =>
        html('div', { class: 'formula-line', 'data-role': role }, nodeOf(root, text)),
      );
      const none = html('p', { class: 'words' }, message('formula.none', { why: receipt.check }));
      element.replaceChildren(...(lines.length ? lines : [none]));
    },
  };
}

/**
 * @param {MathNode} node
 * @param {string} [said] the whole line, for those who cannot see MathML
 * @returns {Element}
 */
function nodeOf({ tag, attrs = {}, children = [], text }, said) {
  const inner = children.map((child) => nodeOf(child));
  return math(tag, said ? { ...attrs, alttext: said } : attrs, ...inner, text ?? null);
}

/** Rows of terms while pointing; all of them once the cell is pinned. */
const POINTED = 24;

/**
 * @param {Means} means
 * @returns {FormView}
 */
export function createTable({ jump }) {
  const caption = html('caption');
  const head = html('tr');
  const body = html('tbody');
  const foot = html('tfoot');
  const element = html(
    'div',
    { class: 'table', tabindex: 0, role: 'group', 'aria-label': message('table.label') },
    html('table', {}, caption, html('thead', {}, head), body, foot),
  );

  /** @param {TableCell} told */
  function cellOf({ text, header, numeric, cell }) {
    const attributes = { class: numeric ? 'numeric' : '', ...(header ? { scope: 'row' } : {}) };
    const place = html(header ? 'th' : 'td', attributes);
    if (!cell) place.append(text);
    else {
      const button = html('button', { type: 'button', class: 'jump' }, text);
      button.addEventListener('click', () => jump(cell));
      place.append(button);
    }
    return place;
  }

  /** @param {TableRow} row */
  const rowOf = ({ role, strong, cells }) =>
    html('tr', { 'data-role': role, class: strong ? 'strong' : '' }, ...cells.map(cellOf));

  return {
    element,
    /** @param {Told} told */
    show({ receipt, pinned }) {
      const told = table(receipt, pinned ? undefined : POINTED);
      caption.textContent = told.caption;
      head.replaceChildren(
        ...told.columns.map(({ text, numeric }) =>
          html('th', { scope: 'col', class: numeric ? 'numeric' : '' }, text),
        ),
      );
      const last = (/** @type {TableRow} */ { role }) => role === 'total';
      body.replaceChildren(...told.rows.filter((row) => !last(row)).map(rowOf));
      foot.replaceChildren(...told.rows.filter(last).map(rowOf));
    },
  };
}

/** How long a button says what it did, ms. */
const SAID = 1600;

/**
 * @param {Means} means
 * @returns {FormView}
 */
export function createCode({ save }) {
  const source = html('code');
  const listing = html('pre', { tabindex: 0, 'aria-label': message('code.label') }, source);
  const said = html('span', { class: 'said', role: 'status' });
  const copy = actionOf(message('code.copy'), async () => {
    answer(message((await copied(source)) ? 'code.copied' : 'code.selected'));
  });
  const download = actionOf(message('code.download'), async () => {
    await save?.();
    answer(message('code.saved'));
  });
  const actions = html('div', { class: 'code-actions' }, copy, ...(save ? [download] : []), said);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {string} sentence */
  function answer(sentence) {
    say(said, sentence);
    clearTimeout(timer);
    timer = setTimeout(() => say(said, ''), SAID);
  }

  /**
   * @param {string} word
   * @param {() => Promise<void>} act
   */
  function actionOf(word, act) {
    const button = html('button', { type: 'button', class: 'action' }, word);
    button.addEventListener('click', () => void act().catch((error) => answer(errorText(error))));
    return button;
  }

  return {
    element: html('div', { class: 'code' }, actions, listing),
    /** @param {Told} told */
    show: ({ receipt }) => say(source, code(receipt)),
  };
}

/**
 * Selects the code as well, so that the keys still copy it where the clipboard is closed to pages.
 *
 * @param {HTMLElement} source
 * @returns {Promise<boolean>} whether it is in the clipboard
 */
async function copied(source) {
  const selected = document.getSelection();
  selected?.selectAllChildren(source);
  try {
    await navigator.clipboard.writeText(source.textContent);
    selected?.removeAllRanges();
    return true;
  } catch {
    return false;
  }
}

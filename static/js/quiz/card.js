// One question: its words and numbers, what can be answered, and what an answer means.

import { message } from '../text/messages.js';
import { button, html, say } from '../ui/dom.js';
import { createGrid, told } from './grid.js';
import { letter, recognised, said } from './words.js';

/** @import { Theme } from '../core/theme.js' */
/** @import { QuizItem, QuizOption } from '../wire/types.d.ts' */
/** @import { Given, QuizState } from './state.js' */

/** Hands that a class has at most. */
const MOST_HANDS = 99;

/**
 * @param {object} acts
 * @param {(option: QuizOption) => void} acts.choose
 * @param {(typed: string, option: QuizOption | null) => void} acts.type
 * @param {(option: number, count: number) => void} acts.count hands in a class
 */
export function createCard(acts) {
  const element = html('div', { class: 'card' });
  const verdict = html('p', { class: 'verdict', role: 'status' });
  const why = html('p', { class: 'card-why' });
  /** @type {readonly unknown[]} */
  let shown = [];
  /** @type {((state: Readonly<QuizState>, given: Given | undefined) => void) | null} */
  let update = null;

  return {
    element,
    /** @param {Readonly<QuizState>} state @param {QuizItem} item @param {Theme} theme */
    show(state, item, theme) {
      const given = state.given[state.at];
      const parts = [item, theme];
      if (parts.some((part, i) => part !== shown[i])) {
        const answers =
          item.form === 'number' ? createField(item, acts) : createOptions(item, theme, acts);
        const grids = item.grids.map((grid) => createGrid(grid, theme));
        element.replaceChildren(
          html('p', { class: 'asks' }, said(item.asks)),
          html('div', { class: 'grids' }, ...grids),
          answers.element,
          verdict,
          why,
        );
        update = answers.show;
      }
      shown = parts;
      update?.(state, given);
      say(verdict, given ? verdictOf(state, item, given) : '');
      verdict.hidden = why.hidden = !given;
      say(why, given ? said(item.why) : '');
    },
  };
}

/** @param {QuizItem} item @returns {QuizOption} */
function answerOf({ options }) {
  return /** @type {QuizOption} */ (options.find(({ right }) => right));
}

/** @param {QuizItem} item @returns {string} the answer as it is displayed: a letter where it is a picture */
export function answerText(item) {
  const answer = answerOf(item);
  const at = letter(item.options.indexOf(answer));
  if (item.form === 'number') return said(answer.says);
  return answer.grid ? at : message('quiz.letter', { letter: at, text: said(answer.says) });
}

/** @param {Readonly<QuizState>} state @param {QuizItem} item @param {Given} given */
function verdictOf(state, item, { option, looked }) {
  const answer = message('quiz.answer', { answer: answerText(item) });
  const hands = handsText(state, item);
  if (looked) return [answer, hands].filter(Boolean).join(' ');
  if (option?.right) return message('quiz.right');
  const mistake = option?.mistake ? said(option.mistake) : '';
  return [message('quiz.wrong'), mistake, answer].filter(Boolean).join(' ');
}

/** @param {Readonly<QuizState>} state @param {QuizItem} item */
function handsText({ hands, at, presents }, item) {
  const counted = hands[at] ?? {};
  const count = Object.values(counted).reduce((sum, one) => sum + one, 0);
  if (!presents || !count) return '';
  const right = counted[item.options.indexOf(answerOf(item))] ?? 0;
  const most = item.options
    .map((option, i) => ({ option, letter: letter(i), hands: counted[i] ?? 0 }))
    .filter(({ option, hands }) => !option.right && option.mistake && hands > 0)
    .toSorted((one, other) => other.hands - one.hands)[0];
  const says = most?.option.mistake && said(most.option.mistake);
  const mistake = says ? message('quiz.letter', { letter: most.letter, text: says }) : '';
  return [message('quiz.hands.right', { count, right }), mistake].filter(Boolean).join(' ');
}

/** @param {QuizItem} item @param {Theme} theme @param {Parameters<typeof createCard>[0]} acts */
function createOptions(item, theme, acts) {
  const rows = item.options.map((option, i) => {
    const grid = option.grid && createGrid(option.grid, theme, { titled: false });
    const choice = button(
      {
        class: 'action option',
        'aria-pressed': 'false',
        onclick: () => acts.choose(option),
      },
      html('b', {}, letter(i)),
      grid ?? html('span', {}, said(option.says)),
    );
    if (option.grid)
      choice.ariaLabel = message('quiz.letter', { letter: letter(i), text: told(option.grid) });
    const label = message('quiz.hands', { letter: letter(i) });
    const placeholder = message('quiz.hands.few');
    const attributes = {
      ...{ type: 'text', inputmode: 'numeric', maxlength: 2, autocomplete: 'off', placeholder },
    };
    const hands = html('input', { ...attributes, class: 'hands-count', 'aria-label': label });
    hands.addEventListener('input', () => {
      const count = /^\d{1,2}$/.test(hands.value) ? Number(hands.value) : 0;
      acts.count(i, Math.min(MOST_HANDS, count));
    });
    return { option, choice, hands, element: html('div', { class: 'option-row' }, choice, hands) };
  });
  const named = { role: 'group', 'aria-label': message('quiz.answers') };
  return {
    element: html('div', { class: 'options', ...named }, ...rows.map(({ element }) => element)),
    /** @param {Readonly<QuizState>} state @param {Given | undefined} given */
    show({ hands: all, at }, given) {
      rows.forEach(({ option, choice, hands, element }, i) => {
        choice.ariaPressed = String(given?.option === option);
        choice.disabled = Boolean(given);
        element.toggleAttribute('data-right', Boolean(given) && option.right);
        element.toggleAttribute('data-wrong', given?.option === option && !option.right);
        const count = all[at]?.[i] ?? 0;
        if (Number(hands.value) !== count) hands.value = count ? String(count) : '';
      });
    },
  };
}

/** @param {QuizItem} item @param {Parameters<typeof createCard>[0]} acts */
function createField(item, acts) {
  const attributes = { type: 'text', inputmode: 'decimal', autocomplete: 'off' };
  const field = html('input', { ...attributes, class: 'typed' });
  const wrong = html('span', { class: 'typed-wrong', role: 'status' });
  const check = html('button', { class: 'action' }, message('quiz.check'));
  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    const found = recognised(item, field.value);
    field.ariaInvalid = found ? null : 'true';
    say(wrong, found ? '' : message('quiz.typed.wrong', { text: field.value }));
    if (found) acts.type(field.value, found.option);
  }
  const label = html('label', { class: 'number' }, html('span', {}, message('quiz.type')), field);
  return {
    element: html('form', { class: 'options typed-row', onsubmit: submit }, label, check, wrong),
    /** @param {Readonly<QuizState>} _ @param {Given | undefined} given */
    show(_, given) {
      field.disabled = check.disabled = Boolean(given);
      if (given) field.value = given.typed;
    },
  };
}

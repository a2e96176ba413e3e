// The blocks as a table: what each is, its numbers to change, what it gives, costs and sees, how its
// numbers are spread; what is wrong with one stands below it.

import { ACTIVATIONS, traitsOf } from '../../kinds/traits.js';
import { message } from '../../text/messages.js';
import { grouped, pairText } from '../../text/numbers.js';
import { sentences } from '../../text/sentences.js';
import { button, html, say } from '../../ui/dom.js';
import { createNumber } from '../../ui/hands.js';
import { specIn, spreadIn } from '../../wire/operations.js';
import { changed, earlier, moved, removed } from './blocks.js';
import { createSpread } from './spread.js';

/** @import { SectionState } from '../types.d.ts' */
/** @import { GraphLayer, LayerBody } from '../../wire/types.d.ts' */
/** @import { Blocks } from './blocks.js' */

/** @typedef {{ place: number, says: string }} Wrong with the block at this place */
/** @typedef {{ element: HTMLElement, show(block: LayerBody, blocks: Blocks): void }} Hand */

/** @type {Readonly<Record<'channels' | 'kernel' | 'stride' | 'padding' | 'dilation', readonly [number, number]>>} */
const RANGES = {
  channels: [1, 5000],
  kernel: [1, 99],
  stride: [1, 99],
  padding: [0, 98],
  dilation: [1, 99],
};
const NUMBERS = /** @type {(keyof typeof RANGES)[]} */ (Object.keys(RANGES));
const MODES = /** @type {const} */ (['max', 'average', 'sum', 'l2']);
const GIVEN = /** @type {const} */ (['block', 'numbers']);
const FOUND = /** @type {const} */ (['shape', 'parameters', 'multiplied', 'field']);
const COLUMNS = /** @type {const} */ ([...GIVEN, ...FOUND, 'spread']);

/** @param {() => Blocks} now @param {(blocks: Blocks) => void} give */
export function createList(now, give) {
  const rows = /** @type {Map<string, ReturnType<typeof createRow>>} */ (new Map());
  const heads = COLUMNS.map((name) =>
    html('th', { scope: 'col' }, message(`bench.network.column.${name}`)),
  );
  const body = html('tbody');
  const hidden = html('td');
  const head = html('thead', {}, html('tr', {}, ...heads, hidden));
  const caption = html('caption', { class: 'unseen' }, message('bench.network.blocks'));
  let order = '';

  /** @param {string} name @param {(blocks: Blocks, at: number) => Blocks} act */
  function act(name, act) {
    const at = now().findIndex((block) => block.name === name);
    if (at >= 0) give(act(now(), at));
  }

  /** @param {Blocks} blocks */
  function arrange(blocks) {
    const keys = blocks.map(({ name, ...rest }) => [name, Object.keys(rest), rest.inputs.length]);
    const next = JSON.stringify(keys);
    if (next === order) return;
    order = next;
    const known = new Map(rows);
    rows.clear();
    for (const [i, block] of blocks.entries()) {
      const row = known.get(block.name);
      const same = row?.key === JSON.stringify(keys[i]);
      rows.set(block.name, same ? row : createRow(block, JSON.stringify(keys[i]), act));
    }
    const focused = document.activeElement;
    body.replaceChildren(...[...rows.values()].flatMap(({ elements }) => elements));
    if (focused instanceof HTMLElement && body.contains(focused)) focused.focus();
  }

  return {
    element: html('table', { class: 'blocks' }, caption, head, body),
    /**
     * @param {Blocks} blocks
     * @param {Readonly<SectionState<any>>} state
     * @param {Wrong | null} wrong
     */
    show(blocks, state, wrong) {
      arrange(blocks);
      for (const seen of seenIn(blocks, state, wrong)) rows.get(seen.block.name)?.show(seen);
    },
  };
}

/**
 * @param {Blocks} blocks
 * @param {Readonly<SectionState<any>>} state
 * @param {Wrong | null} wrong
 * @returns {Seen[]}
 */
function seenIn(blocks, { trace, pinned, pointed }, wrong) {
  const layers = new Map((trace ? specIn(trace).layers : []).map((layer) => [layer.name, layer]));
  const spread = trace ? spreadIn(trace) : null;
  const [picture = null] = spread?.['input']?.slice(1, 2) ?? [];
  return blocks.map((block, at) => {
    const isWrong = at === wrong?.place;
    return {
      ...{ block, blocks, at, picture },
      answered: (!isWrong && layers.get(block.name)) || null,
      spread: spread?.[block.name] ?? null,
      says: isWrong ? wrong.says : '',
      chosen: (pinned ?? pointed)?.layer === block.name,
    };
  });
}

/**
 * @typedef {object} Seen
 * @property {LayerBody} block
 * @property {Blocks} blocks
 * @property {number} at
 * @property {GraphLayer | null} answered what the server says of it
 * @property {number | null} picture standard deviation of the picture's numbers
 * @property {import('./spread.js').Spread | null} spread of this layer's numbers
 * @property {string} says what is wrong with it
 * @property {boolean} chosen a cell of it is accounted for
 */

/**
 * @param {LayerBody} block
 * @param {string} key what its hands are made for
 * @param {(name: string, act: (blocks: Blocks, at: number) => Blocks) => void} act
 */
function createRow(block, key, act) {
  const { name } = block;
  const change = (/** @type {Partial<LayerBody>} */ patch) =>
    act(name, (blocks, at) => changed(blocks, at, patch));
  const hands = handsOf(block, change);
  const bar = createSpread();
  const cells = FOUND.map((column) => labelled(column));
  const last = labelled('spread', bar.element);
  const acting = (/** @type {'up' | 'down' | 'remove'} */ what, /** @type {string} */ sign) =>
    button(
      { class: 'matrix-size', 'aria-label': message(`bench.network.${what}`, { name }) },
      sign,
    );
  const [up, down, away] = [acting('up', '↑'), acting('down', '↓'), acting('remove', '×')];
  up.addEventListener('click', () => act(name, (blocks, at) => moved(blocks, at, -1)));
  down.addEventListener('click', () => act(name, (blocks, at) => moved(blocks, at, 1)));
  away.addEventListener('click', () => act(name, removed));
  const title = html('th', { scope: 'row' }, name);
  const numbers = html('td', {}, ...hands.map(({ element }) => element));
  const acts = html('td', { class: 'block-acts' }, up, down, away);
  const row = html('tr', {}, title, numbers, ...cells, last, acts);
  const said = html('td', { colspan: COLUMNS.length + 1, role: 'status' });
  const below = html('tr', { class: 'block-wrong' }, said);

  /** @param {Seen} seen */
  function show({ block, blocks, at, answered, picture, spread, says, chosen }) {
    for (const hand of hands) hand.show(block, blocks);
    row.toggleAttribute('data-chosen', chosen);
    row.toggleAttribute('data-wrong', says !== '');
    below.hidden = says === '';
    say(said, says);
    up.disabled = at === 0;
    down.disabled = at === blocks.length - 1;
    const texts = answered ? textsOf(answered) : [];
    cells.forEach((cell, i) => say(cell, texts[i] ?? ''));
    bar.show(answered && picture, spread);
  }
  return { elements: [row, below], key, show };
}

/** @param {(typeof COLUMNS)[number]} column @param {...HTMLElement} content */
function labelled(column, ...content) {
  return html('td', { 'data-label': message(`bench.network.column.${column}`) }, ...content);
}

/** In the order of `FOUND`. @param {GraphLayer} layer */
function textsOf({ shape, learnt, multiply_adds: multiplied, receptive_field: field }) {
  return [sentences().shape(shape), grouped(learnt), grouped(multiplied), pairText(field)];
}

/** @param {LayerBody} block @param {(patch: Partial<LayerBody>) => void} change @returns {Hand[]} for all that it has */
function handsOf(block, change) {
  const numbers = NUMBERS.filter((name) => block[name] !== undefined && block[name] !== null);
  const choices = [
    traitsOf(block).activation && createPick('kind', ACTIVATIONS, change),
    block.mode && createPick('mode', MODES, change),
  ];
  return [
    ...numbers.map((name) => numberOf(block, name, change)),
    ...(block.rate ? [createRate(change)] : []),
    ...choices.filter((one) => !!one),
    ...block.inputs.slice(1).map((_, i) => createJoin(i + 1, change)),
  ];
}

/** @param {LayerBody} block @param {keyof typeof RANGES} name @param {(patch: Partial<LayerBody>) => void} change @returns {Hand} */
function numberOf(block, name, change) {
  const [least, most] = RANGES[name];
  const called = name === 'channels' && !traitsOf(block).slides ? 'units' : name;
  const field = createNumber({
    ...{ name: message(`bench.network.${called}`), least, most },
    change: (value) => change({ [name]: name === 'channels' ? value : [value, value] }),
  });
  return {
    element: field.element,
    show({ [name]: value }) {
      field.show((Array.isArray(value) ? value[0] : value) ?? least);
    },
  };
}

/** The share that training drops, in percent. @param {(patch: Partial<LayerBody>) => void} change @returns {Hand} */
function createRate(change) {
  const field = createNumber({
    ...{ name: message('bench.network.rate'), least: 1, most: 99 },
    change: (value) => change({ rate: value / 100 }),
  });
  return { element: field.element, show: ({ rate }) => field.show(100 * (rate ?? 0)) };
}

/**
 * @param {'kind' | 'mode'} name
 * @param {readonly string[]} words
 * @param {(patch: Partial<LayerBody>) => void} change
 * @returns {Hand}
 */
function createPick(name, words, change) {
  const options = words.map((word) =>
    html('option', { value: word }, message(`bench.network.is.${/** @type {'max'} */ (word)}`)),
  );
  const field = html('select', { 'aria-label': message(`bench.network.${name}`) }, ...options);
  field.addEventListener('change', () => change({ [name]: field.value }));
  return { element: field, show: (block) => void (field.value = String(block[name])) };
}

/** What else it reads. @param {number} at @param {(patch: Partial<LayerBody>) => void} change @returns {Hand} */
function createJoin(at, change) {
  const field = html('select', {});
  let inputs = /** @type {readonly string[]} */ ([]);
  let known = '';
  field.addEventListener('change', () => change({ inputs: inputs.with(at, field.value) }));
  return {
    element: html('label', { class: 'number' }, message('bench.network.joins'), field),
    show(block, blocks) {
      inputs = block.inputs;
      const own = inputs[at] ?? '';
      const place = blocks.findIndex(({ name }) => name === block.name);
      const names = [...new Set([...earlier(blocks, place).slice(1), own])];
      if (known !== names.join()) {
        field.replaceChildren(...names.map((name) => html('option', { value: name }, name)));
        known = names.join();
      }
      field.value = own;
    },
  };
}

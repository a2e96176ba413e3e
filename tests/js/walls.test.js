// The walls of the linter hold: what must not be written is refused where it must not, and only there.

import assert from 'node:assert/strict';
import test from 'node:test';
import { ESLint } from 'eslint';

const root = new URL('../../', import.meta.url).pathname;
const eslint = new ESLint({ cwd: root });

/** The rules that a line breaks in a file. */
async function broken(code, file) {
  const [{ messages }] = await eslint.lintText(code, { filePath: `${root}static/js/${file}` });
  return messages.map(({ ruleId }) => ruleId);
}

const ASKING = [
  `export const asks = (layer) => layer.kind === 'conv';`,
  `export const asks = ({ kind }) => kind !== 'add';`,
  `export const asks = ({ kind }) => 'other' === kind;`,
  `export function asks({ kind }) { switch (kind) { case 'input': return 1; default: return 0; } }`,
  `export const table = { conv: 1, pool: 2 };`,
  `export const table = { 'softmax': 1 };`,
  `export const table = new Map([['dense', 1]]);`,
  `export const list = ['relu', 'tanh'];`,
  `export const list = new Set(['flatten']);`,
  `export const asks = (names) => names.includes('subsample');`,
  `export const asks = (table) => table.pool ?? table['sigmoid'];`,
];

test('no room but kinds/ asks for a kind of layer by its name', async () => {
  for (const code of ASKING) {
    for (const file of ['scene/made.js', 'ui/receipt/made.js', 'geometry/made.js', 'page/made.js'])
      assert.ok((await broken(code, file)).includes('no-restricted-syntax'), `${file}: ${code}`);
    assert.deepEqual(await broken(code, 'kinds/made.js'), [], code);
  }
  const plain = `export const says = (tag) => [tag.add, 'input', { input: 1, other: 2 }].concat(tag);`;
  assert.deepEqual(await broken(plain, 'ui/made.js'), []);
});

test('numbers become text in one file, which asks for no kind either', async () => {
  const writes = 'export const text = (value) => value.toFixed(2);';
  for (const file of ['scene/made.js', 'kinds/made.js', 'page/made.js'])
    assert.deepEqual(await broken(writes, file), ['no-restricted-syntax'], file);
  assert.deepEqual(await broken(writes, 'text/numbers.js'), []);
  assert.deepEqual(await broken(ASKING[0], 'text/numbers.js'), ['no-restricted-syntax']);
});

test('what the scene is computed from never touches the document', async () => {
  for (const room of ['scene', 'geometry', 'kinds', 'text'])
    assert.deepEqual(
      await broken('export const all = document.body;', `${room}/made.js`),
      ['no-restricted-globals'],
      room,
    );
});

test('only wire/ asks the server, only the loop asks for frames', async () => {
  const asks = `export const made = () => fetch('healthz');`;
  const opens = `export const made = () => new WebSocket('ws://x');`;
  const frames = 'export const made = () => requestAnimationFrame(made);';
  for (const [file, ...codes] of [
    ['page/made.js', asks, opens, frames],
    ['ui/made.js', asks, opens, frames],
    ['core/loop.js', asks, opens],
    ['scene/made.js', asks, opens, frames],
    ['wire/made.js', frames],
    ['first.js', asks, opens, frames],
  ])
    for (const code of codes)
      assert.deepEqual(await broken(code, file), ['no-restricted-globals'], `${file}: ${code}`);
  for (const code of [asks, opens]) assert.deepEqual(await broken(code, 'wire/made.js'), []);
  assert.deepEqual(await broken(frames, 'core/loop.js'), []);
});

const SPEAKING = [
  `export const said = 'Draw a digit first.';`,
  `export const said = 'what it reads here';`,
  'export const said = (name) => `The kernel of ${name}`;',
  'export const said = (name) => `${name} looks at them all`;',
  `export const made = (html) => html('b', {}, 'pinned');`,
  `export const made = (say, element) => say(element, 'closed');`,
  `export const named = { 'aria-label': 'Zoom' };`,
  `export const made = (html) => html('b', { title: 'Zoom' });`,
];

test('only text/ has sentences; errors speak to programmers', async () => {
  for (const code of SPEAKING) {
    for (const file of ['scene/made.js', 'kinds/made.js', 'ui/maps/made.js', 'page/made.js'])
      assert.ok((await broken(code, file)).includes('no-restricted-syntax'), `${file}: ${code}`);
    assert.deepEqual(await broken(code, 'text/en/made.js'), [], code);
  }
  for (const plain of [
    `export const fails = () => { throw new Error('There is no such layer.'); };`,
    `export const made = (html) => html('b', { class: 'row links-row' }, ' ');`,
    `export const made = (html, message) => html('b', {}, message('close'));`,
  ])
    assert.deepEqual(await broken(plain, 'ui/made.js'), [], plain);
});

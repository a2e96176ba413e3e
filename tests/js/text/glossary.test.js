// Nothing on the page is left unexplained: each word of the catalogue and of the sentences is one
// that everybody knows, or leads to an entry of the glossary.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import * as espree from 'espree';
import { finderOf, termsOf } from '../../../static/js/text/terms.js';
import { MESSAGES } from '../english.js';

const root = new URL('../../../', import.meta.url);
const TERMS = termsOf(MESSAGES);
const find = finderOf(TERMS);
const PLAIN = new Set(
  readFileSync(new URL('tests/fixtures/plain_words.txt', root), 'utf8')
    .split(/\s+/)
    .filter(Boolean),
);
/** Answers of the server to who asks it by hand, and comments of Python code. */
const ELSEWHERE = /^(refusal|problem|error|code|page)\.|^term\.[\w-]+(\.words)?$/;

/** Every text that the page can say: messages, and what functions of the language are written of. */
function* texts() {
  for (const [key, form] of Object.entries(MESSAGES))
    if (!ELSEWHERE.test(key))
      for (const text of typeof form === 'string' ? [form] : Object.values(form)) yield [key, text];
  for (const name of readdirSync(new URL('static/js/text/en/', root))) {
    if (/^(code|refusals|index)/.test(name)) continue;
    const source = readFileSync(new URL(`static/js/text/en/${name}`, root), 'utf8');
    for (const text of literals(
      espree.parse(source, { ecmaVersion: 'latest', sourceType: 'module' }),
    ))
      yield [name, text];
  }
}

/** What stands between quotes, but for names of modules and what is only compared. */
function* literals(node) {
  if (Array.isArray(node)) for (const one of node) yield* literals(one);
  else if (node?.type === 'Literal' && typeof node.value === 'string') yield node.value;
  else if (node?.type === 'TemplateElement') yield node.value.cooked;
  else if (/Declaration$/.test(node?.type) && node.source) return;
  else if (node?.type === 'BinaryExpression' && /==/.test(node.operator)) return;
  else if (typeof node?.type === 'string')
    for (const value of Object.values(node)) if (typeof value === 'object') yield* literals(value);
}

/** Words of a text that lead nowhere. */
function unexplained(text) {
  const bare = text.replace(/\{\w+\}/g, (gap) => ' '.repeat(gap.length));
  const covered = find(bare);
  return [...bare.matchAll(/\p{L}{2,}/gu)]
    .filter(({ index }) => !covered.some(({ start, end }) => index >= start && index < end))
    .map(([word]) => word.toLowerCase());
}

test('every word that the page says is plain, or leads to its entry', () => {
  const strange = new Map();
  for (const [where, text] of texts())
    for (const word of unexplained(text)) if (!PLAIN.has(word)) strange.set(word, where);
  assert.deepEqual([...strange], [], 'explain it in the catalogue (term.…), or call it plain');
});

test('no word is called plain and explained, or plain and said nowhere', () => {
  const said = new Set([...texts()].flatMap(([, text]) => unexplained(text)));
  assert.deepEqual(
    [...PLAIN].filter((word) => !said.has(word)),
    [],
  );
});

test('an entry has a title, words and a sentence', () => {
  const owners = new Map();
  assert.ok(TERMS.length > 40);
  for (const { id, title, is, words } of TERMS) {
    assert.ok(title && words.length, id);
    assert.match(is, /^[A-Z].*\.$/, id);
    assert.ok(is.split(/\s+/).length <= 45, id);
    for (const word of words) {
      assert.equal(owners.get(word), undefined, `${word}: ${id} and ${owners.get(word)}`);
      owners.set(word, id);
    }
    assert.ok(
      find(title).some(({ term }) => term.id === id),
      `${id} leads to itself`,
    );
  }
});

test('words lead to their entry, one that means the same to the same', () => {
  const led = (text) => find(text).map(({ term: { id } }) => id);
  assert.deepEqual(led('Filter 7 of conv2 reads pool1'), ['kernel', 'convolution', 'pooling']);
  for (const same of [
    ['kernel', 'filter'],
    ['map', 'channel', 'depth'],
    ['score', 'logit'],
  ])
    assert.equal(new Set(same.flatMap(led)).size, 1, same.join());
  assert.deepEqual(led('its receptive field'), ['field'], 'two words that are one');
  assert.deepEqual(led('mapsto, unmapped'), []);
  const D7 =
    'conv relu pool fc softmax params ops map cell unit window kernel filter weight bias score logit product influence folded pinned stride padding channel depth activation layer tanh subsampling';
  for (const word of D7.split(' ')) assert.equal(led(word).length, 1, word);
});

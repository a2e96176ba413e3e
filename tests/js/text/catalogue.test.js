// The catalogue of messages and what asks for them agree: every key used, every used key there, with
// the same gaps; and each language has the same.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import * as espree from 'espree';
import { fill, message, speak } from '../../../static/js/text/messages.js';
import * as english from '../../../static/js/text/en/index.js';
import { MESSAGES } from '../english.js';

const root = new URL('../../../', import.meta.url);
const KEYS = Object.keys(MESSAGES);

/** Files of a folder and of those in it. */
const filesOf = (folder, end) =>
  readdirSync(new URL(folder, root), { recursive: true })
    .filter((name) => name.endsWith(end))
    .map((name) => [folder + name, readFileSync(new URL(folder + name, root), 'utf8')]);

const SCRIPTS = filesOf('static/js/', '.js').map(([name, text]) => [
  name,
  espree.parse(text, { ecmaVersion: 'latest', sourceType: 'module' }),
]);
const TEMPLATES = filesOf('templates/', '.html');

/** All nodes of a tree. */
function* nodesOf(node) {
  if (Array.isArray(node)) for (const one of node) yield* nodesOf(one);
  else if (typeof node?.type === 'string') {
    yield node;
    for (const value of Object.values(node)) if (typeof value === 'object') yield* nodesOf(value);
  }
}

const gapsOf = (form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
/** The gaps of a message, in any of its plural forms. */
function gaps(key) {
  const form = MESSAGES[key];
  if (typeof form === 'string') return new Set(gapsOf(form));
  return new Set(['count', ...Object.values(form).flatMap(gapsOf)]);
}

/** What asks for messages: where, the keys, the names of its parameters (null: not to be read off). */
function* asked() {
  for (const [file, tree] of SCRIPTS)
    for (const node of nodesOf(tree)) {
      if (node.type !== 'CallExpression' || !['message', 'pieces'].includes(node.callee.name))
        continue;
      const [key, given] = node.arguments;
      const keys = [...nodesOf(key)].filter(
        ({ type, value }) => type === 'Literal' && /^[\w-]+\.[\w.-]+$/.test(value),
      );
      const plain =
        !given || (given.type === 'ObjectExpression' && given.properties.every((one) => one.key));
      const names = plain
        ? (given?.properties ?? []).map((one) => one.key.name ?? one.key.value)
        : null;
      yield { where: file, keys: keys.map(({ value }) => value), names };
    }
  for (const [file, text] of TEMPLATES)
    for (const [, key, rest] of text.matchAll(/\bsay\("([^"]+)"(?! ~)([^}]*?)\) ?[}%]\}/g))
      yield {
        where: file,
        keys: [key],
        names: [...rest.matchAll(/(\w+)=/g)].map(([, name]) => name),
      };
}

test('every key that is asked for is there, and is given what fills its gaps', () => {
  for (const { where, keys, names } of asked())
    for (const key of keys) {
      assert.ok(key in MESSAGES, `${where} asks for ${key}`);
      if (names) assert.deepEqual(new Set(names), gaps(key), `${where}: ${key}`);
    }
});

test('what only templates say is not asked for by modules, to which it is not brought', () => {
  for (const { where, keys } of asked())
    if (where.endsWith('.js'))
      for (const key of keys) assert.ok(!key.startsWith('help.'), `${where} asks for ${key}`);
});

test('every key is asked for', () => {
  const named = new Set([...asked()].flatMap(({ keys }) => keys));
  const patterns = [
    'refusal',
    'problem',
    'note',
    'item',
    'lessons\\.gap',
    'training\\.experiment',
  ].map(
    (start) => new RegExp(`^${start}\\.`), // by kind, on the server
  );
  for (const [, text] of TEMPLATES)
    for (const [, start, end = ''] of text.matchAll(
      /"([\w-]+\.[\w.-]*)" ~ \w+(?: ~ "([\w.-]+)")?/g,
    ))
      patterns.push(new RegExp(`^${start}[\\w-]+${end}$`.replaceAll('.', '\\.')));
  for (const [, tree] of SCRIPTS)
    for (const node of nodesOf(tree)) {
      if (node.type === 'Literal') named.add(node.value).add(`error.${node.value}`);
      if (node.type !== 'TemplateLiteral') continue;
      const parts = node.quasis.map(({ value }) =>
        value.raw.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
      );
      if (/^[\w-]+\\\./.test(parts[0])) patterns.push(new RegExp(`^${parts.join('[\\w-]+')}$`));
    }
  const unused = KEYS.filter(
    (key) =>
      !named.has(key) && !/\.phone$/.test(key) && !patterns.some((pattern) => pattern.test(key)),
  );
  assert.deepEqual(unused, []);
});

test('every language says the same, in messages and in sentences', async () => {
  const languages = readdirSync(new URL('static/text/', root)).map((name) => name.split('.')[0]);
  assert.ok(languages.includes('en'));
  for (const language of languages) {
    const other = JSON.parse(readFileSync(new URL(`static/text/${language}.json`, root), 'utf8'));
    assert.deepEqual(Object.keys(other).sort(), [...KEYS].sort(), language);
    const own = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, form] of Object.entries(other)) {
      const forms = typeof form === 'string' ? { other: form } : form;
      if (typeof form !== 'string') assert.deepEqual(Object.keys(form).sort(), own.sort(), key);
      for (const one of Object.values(forms))
        for (const gap of gapsOf(one)) assert.ok(gaps(key).has(gap), `${language} ${key}: ${gap}`);
    }
    const folder = new URL(`static/js/text/${language}/index.js`, root);
    assert.deepEqual(Object.keys(await import(folder)).sort(), Object.keys(english).sort());
  }
});

test('every sentence with grammar is asked for', () => {
  const named = new Set();
  for (const [file, tree] of SCRIPTS)
    if (!file.startsWith('static/js/text/en/'))
      for (const node of nodesOf(tree)) if (node.type === 'Identifier') named.add(node.name);
  const unused = Object.keys(english).filter((name) => !named.has(name));
  assert.deepEqual(unused, []);
});

test('a message is filled, in the plural form of its count', () => {
  assert.equal(fill('{a} of {b}', { a: 1, b: '2,5' }), '1 of 2,5');
  assert.equal(fill('{unknown}', {}), '{unknown}');
  const cells = { one: '{count} cell', other: '{count} cells' };
  assert.equal(fill(cells, { count: 1 }), '1 cell');
  assert.equal(fill(cells, { count: 48120 }), '48\u202f120 cells');
  speak({ made: { one: 'a', few: 'b', many: 'c', other: 'd' } }, 'pl');
  assert.deepEqual(
    [1, 3, 5, 1.5].map((count) => message('made', { count })),
    ['a', 'b', 'c', 'd'],
  );
  speak(MESSAGES, 'en');
  assert.equal(message('nothing.of.the.kind'), 'nothing.of.the.kind');
});

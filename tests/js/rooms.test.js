// The rooms of the page as its README lists them: who imports whom, values and types, and no circle.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';

const root = new URL('../../static/js/', import.meta.url);
const modules = readdirSync(root, { recursive: true }).filter((name) => /\.(js|d\.ts)$/.test(name));
const rooms = readRooms(readFileSync(new URL('README.md', root), 'utf8'));

/**
 * The rows of the README's table: what each room may import, and what of that only as types.
 *
 * @param {string} readme
 */
function readRooms(readme) {
  const rows = [...readme.matchAll(/^\| `([\w.]+)\/?` \|.*\| ([^|]*) \|$/gm)];
  const names = rows.map(([, name]) => name);
  return new Map(
    rows.map(([, name, may]) => {
      const [, but = ''] = may.split('all but');
      const named = [...may.matchAll(/`(\w+)`( \(types\))?/g)];
      const list = /^all /.test(may)
        ? names.filter((other) => !but.includes(`\`${other}\``))
        : named.filter(([, , types]) => !types).map(([, other]) => other);
      const types = named.filter(([, , types]) => types).map(([, other]) => other);
      return [name, { values: new Set(list), types: new Set([...list, ...types]) }];
    }),
  );
}

/** @param {string} path of a module */
function roomOf(path) {
  return path.split('/')[0];
}

/**
 * What a module imports from others of the page.
 *
 * @param {string} from
 * @param {string} code
 */
function importsOf(from, code) {
  const found = [];
  const add = (kind, path) => {
    if (!path.startsWith('.')) return;
    const to = new URL(path, new URL(from, root)).pathname.slice(root.pathname.length);
    if (/\.(js|d\.ts)$/.test(to) && !to.startsWith('.')) found.push({ kind, to });
  };
  for (const [comment] of code.matchAll(/\/\*[\s\S]*?\*\//g))
    for (const [, path] of comment.matchAll(/(?:from |import\()'([^']+)'/g)) add('types', path);
  const bare = code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const kind = from.endsWith('.d.ts') ? 'types' : 'values';
  for (const [, path] of bare.matchAll(/^(?:import|export|\})[^;]*? from '([^']+)';/gm))
    add(kind, path);
  for (const [, path] of bare.matchAll(/^import '([^']+)';/gm)) add(kind, path);
  for (const [, path] of bare.matchAll(/\bimport\('([^']+)'\)/g))
    add(kind === 'types' ? kind : 'later', path);
  return found;
}

const graph = new Map(
  modules.map((name) => [name, importsOf(name, readFileSync(new URL(name, root), 'utf8'))]),
);

/**
 * What breaks a wall.
 *
 * @param {string} from
 * @param {{ kind: string, to: string }[]} imports
 */
function upward(from, imports) {
  const may = rooms.get(roomOf(from));
  const others = imports.filter(({ to }) => roomOf(to) !== roomOf(from));
  const barred = ({ kind, to }) => !may?.[kind === 'types' ? 'types' : 'values'].has(roomOf(to));
  return others.filter(barred).map(({ kind, to }) => `${from} imports ${kind} of ${to}`);
}

test('every module is in a room of the README, and every room is there', () => {
  assert.deepEqual([...new Set(modules.map(roomOf))].sort(), [...rooms.keys()].sort());
});

test('no room imports another that its row does not name, be it for a type', () => {
  assert.deepEqual(
    [...graph].flatMap(([from, imports]) => upward(from, imports)),
    [],
  );
});

test('no modules import each other in a circle, at once or later', () => {
  /** @type {Map<string, 'open' | 'done'>} */
  const seen = new Map();
  const circles = [];
  const visit = (name, path) => {
    if (seen.get(name) === 'open')
      circles.push([...path.slice(path.indexOf(name)), name].join(' → '));
    if (seen.has(name)) return;
    seen.set(name, 'open');
    for (const { kind, to } of graph.get(name) ?? [])
      if (kind !== 'types') visit(to, [...path, name]);
    seen.set(name, 'done');
  };
  for (const name of modules) visit(name, []);
  assert.deepEqual(circles, []);
});

test('the walls are seen: each way of importing from a room above is found', () => {
  const ways = {
    values: `import { made } from '../page/made.js';`,
    types: `/** @import { Made } from '../page/made.js' */`,
    later: `const made = () => import('../page/made.js');`,
  };
  for (const [kind, code] of Object.entries(ways)) {
    const imports = importsOf('scene/made.js', code);
    assert.deepEqual(imports, [{ kind, to: 'page/made.js' }]);
    assert.equal(upward('scene/made.js', imports).length, 1, kind);
  }
  const inline = `/** @typedef {typeof import('../page/made.js')} Made */\nimport {\n  a,\n} from './a.js';`;
  assert.deepEqual(importsOf('scene/made.js', inline), [
    { kind: 'types', to: 'page/made.js' },
    { kind: 'values', to: 'scene/a.js' },
  ]);
});

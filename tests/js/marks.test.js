import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { layout } from '../../static/js/scene/layout.js';
import { madeUp } from './generate.js';
import { overlayItems } from './marked.js';
import { LENET } from './specs.js';

const CSS = new URL('../../static/css/', import.meta.url);
const read = (file) => readFileSync(new URL(file, CSS), 'utf8');

/** The colours of a theme, by token, as the page's style sheet gives them. */
function tokensOf(theme) {
  const [, block = ''] = read('tokens.css').split(`[data-theme='${theme}'] {`);
  const [body = ''] = block.split('}');
  return new Map(
    [...body.matchAll(/--([\w-]+): (#[0-9a-f]{3,6});/g)].map(([, name, hex]) => [name, hex]),
  );
}

/** Machado, Oliveira and Fernandes (2009), full severity; they act on linear red, green and blue. */
const SIGHTS = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [
    ...[0.152286, 1.052583, -0.204868],
    ...[0.114503, 0.786281, 0.099216],
    ...[-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    ...[0.367322, 0.860646, -0.227968],
    ...[0.280085, 0.672501, 0.047413],
    ...[-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    ...[1.255528, -0.076749, -0.178779],
    ...[-0.078411, 0.930809, 0.147602],
    ...[0.004733, 0.691367, 0.3039],
  ],
};
const times = (matrix, v) =>
  [0, 3, 6].map((row) => v.reduce((sum, x, i) => sum + matrix[row + i] * x, 0));

function seen(hex, sight) {
  const digits = hex.length === 4 ? hex.slice(1).replace(/./g, '$&$&') : hex.slice(1);
  const linear = [0, 2, 4].map((i) => {
    const c = parseInt(digits.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return times(SIGHTS[sight], linear).map((c) => Math.min(1, Math.max(0, c)));
}

/** WCAG 2.2. */
function contrast(a, b) {
  const [low, high] = [a, b]
    .map(([r, g, bl]) => 0.2126 * r + 0.7152 * g + 0.0722 * bl + 0.05)
    .sort((x, y) => x - y);
  return high / low;
}

/** Distance in OKLab; 0.02 is visible. */
function difference(a, b) {
  const lab = (rgb) => {
    const cones = times(
      [
        ...[0.4122214708, 0.5363325363, 0.0514459929],
        ...[0.2119034982, 0.6806995451, 0.1073969566],
        ...[0.0883024619, 0.2817188376, 0.6299787005],
      ],
      rgb,
    ).map(Math.cbrt);
    return times(
      [
        ...[0.2104542553, 0.793617785, -0.0040720468],
        ...[1.9779984951, -2.428592205, 0.4505937099],
        ...[0.0259040371, 0.7827717662, -0.808675766],
      ],
      cones,
    );
  };
  const [one, other] = [lab(a), lab(b)];
  return Math.hypot(...one.map((x, i) => x - other[i]));
}

const MARKS = ['accent', 'window', 'focus'];
const GROUNDS = ['bg', 'surface', 'raised', 'paper', 'halo'];

for (const theme of ['light', 'dark'])
  for (const sight of Object.keys(SIGHTS)) {
    const tokens = tokensOf(theme);
    const colour = (token) => seen(tokens.get(token), sight);

    test(`${theme}, ${sight} sight: selection, window and focus stand out 3 : 1 on every ground`, () => {
      for (const mark of MARKS)
        for (const ground of GROUNDS) {
          const found = contrast(colour(mark), colour(ground));
          assert.ok(found >= 3, `${mark} on ${ground}: ${found.toFixed(2)}`);
        }
    });

    test(`${theme}, ${sight} sight: on a cell of any value the frame or its halo does`, () => {
      const stops = [...tokens.keys()].filter((name) => /^(pos|neg|image)-\d$/.test(name));
      assert.equal(stops.length, 20);
      for (const mark of MARKS)
        for (const stop of stops) {
          const [line, halo] = [mark, 'halo'].map((on) => contrast(colour(on), colour(stop)));
          assert.ok(
            Math.max(line, halo) >= 3,
            `${mark} on ${stop}: ${line.toFixed(2)}, ${halo.toFixed(2)}`,
          );
        }
    });

    test(`${theme}, ${sight} sight: selection, window and focus are three colours`, () => {
      for (const [i, mark] of MARKS.entries())
        for (const other of MARKS.slice(i + 1)) {
          const found = difference(colour(mark), colour(other));
          assert.ok(found >= 0.1, `${mark} and ${other}: ${found.toFixed(3)}`);
        }
    });
  }

test('they are told apart by shape, too: solid, double or thin or dashed, a ring around the rest', () => {
  const graph = createGraph(LENET);
  const view = { ...madeUp(graph), scale: 'layer' };
  for (const stage of [
    { width: 1176, height: 540, dpr: 1, folded: true },
    { width: 390, height: 667, dpr: 2, folded: true },
  ]) {
    const made = layout(graph, stage);
    for (const layer of ['conv2', 'pool1', 'fc1']) {
      const cell = { layer, channel: 3, row: 0, column: 0 };
      const frames = overlayItems(made, graph, view, cell, cell, cell).filter(
        ({ kind }) => kind === 'frame',
      );
      const roles = new Set(frames.map(({ role }) => role));
      for (const role of ['pinned', 'window', 'focus']) assert.ok(roles.has(role), role);
      for (const { role, tone, line, width, halo, away = 0 } of frames) {
        if (role === 'pinned') {
          assert.deepEqual([tone, line, halo], ['accent', 'solid', true]);
          const focus = frames.find((frame) => frame.role === 'focus');
          assert.ok(focus.away >= away + width + 2, 'the focus stands around the selection');
        } else if (role === 'focus') assert.deepEqual([tone, halo], ['focus', true]);
        else assert.equal(tone, 'window', role);
        if (role === 'window') assert.deepEqual([line, halo], ['double', true]);
        if (role === 'forward') assert.equal(line, 'dashed');
      }
    }
  }
});

test('whatever the keyboard stands on has the neutral ring, in every style sheet', () => {
  let rings = 0;
  for (const file of readdirSync(CSS).filter((name) => name.endsWith('.css')))
    for (const [, selector, body] of read(file).matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
      if (!selector.includes(':focus') || !body.includes('outline:')) continue;
      assert.doesNotMatch(body, /--accent|--window/, `${file}: ${selector.trim()}`);
      if (!/outline: 0;/.test(body)) {
        assert.match(body, /outline: \d+px \w+ var\(--focus\)/, `${file}: ${selector.trim()}`);
        rings += 1;
      }
    }
  assert.ok(rings >= 15);
});

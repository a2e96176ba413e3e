import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { createColours, css, pixel } from '../../../static/js/render/brush.js';

const sheet = readFileSync(new URL('../../../static/css/tokens.css', import.meta.url), 'utf8');

/** The colours of a theme as theme.js reads them, from the style sheet itself. */
function themeOf(name) {
  const block = sheet.split(`[data-theme='${name}'] {`)[1].split('}')[0];
  const value = (token) => block.match(new RegExp(`--${token}: (#[0-9a-f]+);`))[1];
  const arm = (prefix, count) => Array.from({ length: count }, (_, i) => value(`${prefix}-${i}`));
  const tokens = { bg: value('bg') };
  return { pos: arm('pos', 9), neg: arm('neg', 9), image: arm('image', 2), tokens };
}

/** #rgb or #rrggbb as css() writes it. */
function rgb(hex) {
  const digits = hex.slice(1);
  const parts = digits.length === 3 ? [...digits].map((d) => d + d) : digits.match(/../g);
  return `rgb(${parts.map((part) => parseInt(part, 16)).join(' ')})`;
}

const span = { image: false, limit: 2, low: -2, high: 2 };

for (const name of ['dark', 'light']) {
  const theme = themeOf(name);
  const colours = createColours(theme);
  const at = (value) => css(pixel(colours, value, span));

  test(`${name}: zero is the neutral middle, shared by both arms`, () => {
    assert.equal(theme.pos[0], theme.neg[0]);
    assert.equal(at(0), rgb(theme.pos[0]));
  });

  test(`${name}: the largest values have the last stops`, () => {
    assert.equal(at(2), rgb(theme.pos[8]));
    assert.equal(at(-2), rgb(theme.neg[8]));
  });

  test(`${name}: beyond the range nothing wraps round`, () => {
    assert.equal(at(50), at(2));
    assert.equal(at(-50), at(-2));
  });

  test(`${name}: where there is no number there is the ground, which no number looks like`, () => {
    assert.equal(at(NaN), rgb(theme.tokens.bg));
    assert.notEqual(at(NaN), at(0));
  });

  test(`${name}: paper and ink are the ends of the image's scale`, () => {
    const image = { image: true, limit: 1, low: 0, high: 1 };
    assert.equal(css(pixel(colours, 0, image)), rgb(theme.image[0]));
    assert.equal(css(pixel(colours, 1, image)), rgb(theme.image[1]));
  });
}

test('a scaled image is grey from its own paper to its own ink', () => {
  const colours = createColours(themeOf('dark'));
  const scaled = { image: true, limit: 3, low: -0.4, high: 2.8 };
  assert.equal(pixel(colours, -0.4, scaled), colours.image[0]);
  assert.equal(pixel(colours, 2.8, scaled), colours.image[255]);
});

test('a map may have a limit of its own', () => {
  const colours = createColours(themeOf('dark'));
  assert.equal(pixel(colours, 0.5, span, 0.5), pixel(colours, 2, span));
  assert.equal(pixel(colours, 5, { ...span, limit: 10 }), pixel(colours, 1, span));
});

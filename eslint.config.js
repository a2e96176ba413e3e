// The walls of the page: sizes, who may touch the DOM, ask for frames, ask the server. Who may import
// whom is held by tests/js/rooms.test.js.
import { TRAITS } from './static/js/kinds/traits.js';

const DOM_READS = [
  'getBoundingClientRect',
  'getComputedStyle',
  'offsetWidth',
  'offsetHeight',
  'clientWidth',
  'clientHeight',
  'scrollTop',
];
const DOM_GLOBALS = [
  'document',
  'window',
  'fetch',
  'WebSocket',
  'localStorage',
  'requestAnimationFrame',
];

/** What makes a text of a number, in a way of its own. */
const WRITES_NUMBERS = {
  message: 'numbers become text in text/numbers.js alone',
  selectors: [
    'CallExpression > MemberExpression > Identifier[name=/^(toFixed|toPrecision|toExponential|toLocaleString)$/]',
    'MemberExpression[object.name="Intl"] > Identifier[name="NumberFormat"]',
  ],
};

/** What looks like a sentence, or stands where a visitor reads it. Errors speak to whoever writes code. */
const SPEAKS = {
  message: 'what a visitor reads stands in static/text/ and static/js/text/',
  selectors: [
    ':not(NewExpression) > Literal[value=/^[A-Z][a-z]* [a-zA-Z]/]',
    ':not(NewExpression) > Literal[value=/[a-z]{2,} [a-z]{2,} [a-z]{3,}/]',
    ':not(NewExpression) > TemplateLiteral > TemplateElement[value.raw=/^[A-Z][a-z]+ [a-z]/]',
    ':not(NewExpression) > TemplateLiteral > TemplateElement[value.raw=/[a-z]{2,} [a-z]{2,} [a-z]{2,}/]',
    'CallExpression[callee.name=/^(html|svg)$/] > Literal:not(:first-child)[value=/[A-Za-z]{2}/]',
    'CallExpression[callee.name="say"] > Literal[value=/[A-Za-z]{2}/]',
    'Property[key.value=/^aria-(label|roledescription|valuetext)$/] > Literal.value',
    'CallExpression[callee.name="html"] Property[key.name="title"] > Literal.value',
  ],
};

/** Names of kinds that are everyday words, too: only comparing with them is asking for a kind. */
const EVERYDAY = ['add', 'input', 'other'];
const [every, telling] = [Object.keys(TRAITS), Object.keys(TRAITS).filter(isTelling)].map(
  (names) => `/^(${names.join('|')})$/`,
);

/** @param {string} name */
function isTelling(name) {
  return !EVERYDAY.includes(name);
}

/** What asks for a kind of layer by name: comparing, tables, lists. */
const ASKS_FOR_KINDS = {
  message: 'ask for a trait, or let the file of the kind say it (kinds/)',
  selectors: [
    `BinaryExpression > Literal[value=${every}]`,
    `SwitchCase > Literal[value=${every}]`,
    `ArrayExpression > Literal[value=${telling}]`,
    `CallExpression > Literal[value=${telling}]`,
    `MemberExpression > Literal[value=${telling}]`,
    `ObjectExpression > Property[key.name=${telling}]`,
    `ObjectExpression > Property[key.value=${telling}]`,
    `MemberExpression[property.name=${telling}][property.name!="concat"]`,
  ],
};

/** Forbids some syntax. */
const without = (...rules) => ({
  'no-restricted-syntax': [
    'error',
    ...rules.flatMap(({ message, selectors }) =>
      selectors.map((selector) => ({ selector, message })),
    ),
  ],
});

const FRAMES = { name: 'requestAnimationFrame', message: 'only core/loop.js asks for frames' };
const ASKS = ['fetch', 'WebSocket'].map((name) => ({
  name,
  message: 'only wire/ asks the server',
}));

/** Forbids some globals. */
const bare = (...globals) => ({ 'no-restricted-globals': ['error', ...globals] });

export default [
  {
    files: ['static/js/**/*.js'],
    rules: {
      'prefer-const': 'error',
      'no-var': 'error',
      eqeqeq: 'error',
      'no-undef': 'off', // tsc knows better
      'no-unused-vars': 'error',
      'no-eval': 'error',
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 60, skipComments: true }],
      complexity: ['error', 10],
      ...bare(FRAMES, ...ASKS),
    },
  },
  { files: ['static/js/core/loop.js'], rules: bare(...ASKS) },
  { files: ['static/js/wire/**/*.js'], rules: bare(FRAMES) },
  { files: ['static/js/**/*.js'], rules: without(WRITES_NUMBERS, ASKS_FOR_KINDS, SPEAKS) },
  { files: ['static/js/text/**/*.js'], rules: without(WRITES_NUMBERS, ASKS_FOR_KINDS) },
  { files: ['static/js/text/numbers.js'], rules: without(ASKS_FOR_KINDS) },
  { files: ['static/js/kinds/**/*.js'], rules: without(WRITES_NUMBERS, SPEAKS) },
  {
    files: ['static/js/render/space/*.js'], // programs for the graphics card read like sentences
    rules: without(WRITES_NUMBERS, ASKS_FOR_KINDS),
  },
  {
    files: ['static/js/{scene,geometry,kinds,text}/**/*.js'],
    rules: bare(
      ...DOM_GLOBALS.map((name) => ({ name, message: 'scene, geometry, kinds and text are pure' })),
    ),
  },
  {
    files: ['static/js/{scene,render}/**/*.js'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...DOM_READS.map((property) => ({
          property,
          message: 'DOM reads belong to core/viewport.js (on resize), not to a frame',
        })),
      ],
    },
  },
  {
    files: ['tests/js/**/*.js'],
    rules: { 'prefer-const': 'error', eqeqeq: 'error', 'no-unused-vars': 'error' },
  },
];

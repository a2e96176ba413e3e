// A number that is typed is taken for the option that would be displayed so.

import assert from 'node:assert/strict';
import test from 'node:test';
import { recognised, said } from '../../../static/js/quiz/words.js';
import '../english.js';

const option = (value) => ({ says: { key: 'item.number', gaps: { value }, text: '' } });
const [minus, small, many] = [
  option({ value: -1.25, decimals: 2 }),
  option({ value: 3.8, decimals: 2 }),
  option(44912),
];
const item = { options: [minus, small, many] };

test('typed numbers are accepted to the digits that are shown', () => {
  for (const [typed, found] of [
    ['-1.25', minus],
    ['\u22121,25', minus],
    ['-1.2512', minus],
    ['3.8', small],
    ['3.80', small],
    ['3.804', small],
    ['44912', many],
    ['44 912', many],
    ['44\u202f912', many],
  ])
    assert.equal(recognised(item, typed)?.option, found, typed);
  for (const typed of ['3.81', '-1.26', '1.25', '44912.4', '0'])
    assert.deepEqual(recognised(item, typed), { option: null }, typed);
  for (const typed of ['', 'many', '1/0']) assert.equal(recognised(item, typed), null, typed);
});

test('sentences are worded by key, their numbers as the page writes them', () => {
  const words = (key, gaps, text = '') => said({ key, gaps, text });
  assert.equal(words('item.number', { value: { value: -0.5, decimals: 2 } }), '\u22120.50');
  assert.equal(words('item.number', { value: 17500 }), '17\u202f500');
  assert.match(words('item.shift.asks.up', { class: '8', count: 1 }), /up by 1 pixel\./);
  assert.match(words('item.shift.asks.up', { class: '8', count: 3 }), /up by 3 pixels\./);
  assert.equal(words('nobody.knows', {}, 'In English.'), 'In English.');
});

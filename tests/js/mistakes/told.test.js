// What is said of the map: how much of the variance it shows.

import '../english.js';
import assert from 'node:assert/strict';
import test from 'node:test';
import { shareText } from '../../../static/js/mistakes/map/told.js';

test('the shares of both directions add up as they are shown', () => {
  const said = (...shares) => {
    const text = shareText({ map: { layer: 'pool2', cells: 400, shares } });
    return [...text.matchAll(/[<>]?\u202f?[\d.]+\u202f%/g)].map(([one]) =>
      one.replaceAll('\u202f', ''),
    );
  };
  assert.deepEqual(said(0.1244, 0.0844), ['20.88%', '12.44%', '8.44%'], 'not 20.9, 12.4 and 8.4');
  assert.deepEqual(said(0.124, 0.084), ['20.8%', '12.4%', '8.4%']);
  assert.deepEqual(said(0.6, 0.4), ['100%', '60.0%', '40.0%']);
  assert.deepEqual(said(0.99996, 0.00003), ['>99.9%', '>99.9%', '<0.1%']);
  assert.deepEqual(said(0.0003, 0.0003), ['0.06%', '0.03%', '0.03%']);
});

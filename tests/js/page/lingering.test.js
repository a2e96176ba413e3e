import assert from 'node:assert/strict';
import test from 'node:test';
import { restedOn } from '../../../static/js/page/lingering.js';

const cell = (row) => ({ layer: 'conv1', channel: 0, row, column: 0 });
const stay = (row, from, to) => ({ cell: cell(row), layer: null, from, to });
const nothing = (from, to) => ({ cell: null, layer: null, from, to });

test('of the cells on the way to the account the one that was looked at is meant', () => {
  const stays = [stay(1, 0, 400), stay(2, 400, 430), nothing(430, 500), stay(3, 500, 520)];
  assert.deepEqual(restedOn(stays, 560)?.cell, cell(1));
});

test('who stays on another cell means that one, and what is long ago counts no more', () => {
  const stays = [stay(1, 0, 900), stay(2, 900, 2600), stay(3, 2600, 2620)];
  assert.deepEqual(restedOn(stays, 2650)?.cell, cell(2));
  assert.equal(restedOn(stays, 9000), null);
  assert.equal(restedOn([nothing(0, Infinity)], 10), null);
});

test('a layer that its caption explains is reached in the same way', () => {
  const layer = { layer: 'pool1', channel: 0 };
  const stays = [{ cell: null, layer, from: 0, to: 300 }, stay(4, 310, 330)];
  assert.deepEqual(restedOn(stays, 340)?.layer, layer);
});

// Which networks a link or a file may give to the page that builds them.

import assert from 'node:assert/strict';
import test from 'node:test';
import { FIRST, isFile, PRESETS } from '../../../static/js/bench/network/presets.js';

test('what the page offers is a network, and blocks of kinds that it does not know are none', () => {
  for (const layers of Object.values(PRESETS)) assert.ok(isFile({ ...FIRST, layers }));
  for (const kind of ['gelu', 'constructor', 7, null])
    assert.equal(isFile({ ...FIRST, layers: [{ name: 'one', kind, inputs: [] }] }), false);
});

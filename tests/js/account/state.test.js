import assert from 'node:assert/strict';
import test from 'node:test';
import { EMPTY_ACCOUNT } from '../../../static/js/account/state.js';
import { INITIAL } from '../../../static/js/page/state.js';

test('the page of the network begins with the account that every page begins with', () => {
  const same = Object.fromEntries(Object.keys(EMPTY_ACCOUNT).map((key) => [key, INITIAL[key]]));
  assert.deepEqual(same, { ...EMPTY_ACCOUNT });
});

// A network that is left for another page.

import '../english.js';
import assert from 'node:assert/strict';
import test from 'node:test';
import { errorText } from '../../../static/js/text/refusals.js';
import { leaveSpec } from '../../../static/js/wire/specs.js';

test('a browser that keeps nothing is told of in the words of the page', async (t) => {
  const refuses = {
    setItem() {
      throw new Error('Failed to read a named property.');
    },
  };
  Object.defineProperty(globalThis, 'sessionStorage', { value: refuses, configurable: true });
  t.after(() => delete globalThis.sessionStorage);
  const why = await leaveSpec(new Blob(['{}'])).catch(errorText);
  assert.match(why, /Save the network as a file/);
});

// The page's own language, for tests that read what it says: importing this is all they do.

import { readFileSync } from 'node:fs';
import { speak } from '../../static/js/text/messages.js';

export const MESSAGES = JSON.parse(
  readFileSync(new URL('../../static/text/en.json', import.meta.url), 'utf8'),
);
speak(MESSAGES, 'en');

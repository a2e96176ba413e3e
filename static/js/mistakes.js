// The page of mistakes.

import { openMistakesPage } from './mistakes/page.js';

openMistakesPage(document.documentElement);

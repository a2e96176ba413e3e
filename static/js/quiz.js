// The page of questions: predict, then reveal.

import { openQuizPage } from './quiz/page.js';

openQuizPage(document.documentElement);

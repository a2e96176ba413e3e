// The page of learning.

import { openLearningPage } from './learning/page.js';

openLearningPage(document.documentElement);

// The pages of lessons: one's drawing goes along, who was led goes on where they left, and notes follow.

import { openLessonPage } from './lesson/pages.js';

openLessonPage(document.documentElement);

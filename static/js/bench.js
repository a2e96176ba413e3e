// The page of operations: each of the essay's figures that is about something one can do, alive.

import { openOperationsPage } from './bench/page.js';

openOperationsPage(document.documentElement);

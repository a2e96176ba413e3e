// Everything that receipts need, to be loaded in one go once the page stands.

export { createLineCell } from '../ui/receipt/line.js';
export { createOpenCell, createSheetCell } from '../ui/receipt/open.js';
export { saveTrace } from './saving.js';
export { createTelling } from './telling.js';

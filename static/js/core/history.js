// Undo and redo: which documents came before the present one, and which were taken back.

/**
 * @template Document
 * @typedef {object} History
 * @property {(before: Document) => void} remember call before changing the document
 * @property {(present: Document) => Document | null} undo the document before, null when there is none
 * @property {(present: Document) => Document | null} redo
 * @property {() => Document | null} withdraw the document before; the present one is forgotten, as if it had never been
 * @property {() => boolean} canUndo
 * @property {() => boolean} canRedo
 */

/**
 * @template Document
 * @param {number} [limit] how many steps back are kept
 * @returns {History<Document>}
 */
export function createHistory(limit = 200) {
  /** @type {Document[]} */
  const past = [];
  /** @type {Document[]} */
  const future = [];
  /** What could be redone before the last change. @type {Document[]} */
  let dropped = [];

  /**
   * @param {Document[]} from
   * @param {Document[]} to
   * @param {Document} present
   */
  function step(from, to, present) {
    const document = from.pop();
    if (document === undefined) return null;
    to.push(present);
    return document;
  }

  return {
    remember(before) {
      past.push(before);
      if (past.length > limit) past.shift();
      dropped = future.splice(0);
    },
    undo: (present) => step(past, future, present),
    redo: (present) => step(future, past, present),
    withdraw() {
      future.push(...dropped);
      dropped = [];
      return past.pop() ?? null;
    },
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
  };
}

// Between the drawing and its trace: every change is asked about, every answer is stored.

import { noteText } from '../text/messages.js';
import { errorText } from '../text/refusals.js';

/** @import { Drawing } from '../input/editor.js' */
/** @import { Network, Question } from '../wire/questions.js' */
/** @import { Reader } from '../wire/reader.js' */
/** @import { PageStore, Trace } from './state.js' */
/** @import { Progress } from './progress.js' */
/** @import { Timing } from '../core/timing.js' */

/**
 * @typedef {object} Tag
 * @property {number} sequence which input this is the picture of
 * @property {number | null} time of the newest pointer event in it, if one made it
 * @property {Drawing} drawing
 */

/** @typedef {Question & { tag: Tag }} Asked */

/** A request shows as a busy line only after this long. */
const BUSY_AFTER = 200;

/**
 * @param {object} options
 * @param {PageStore} options.store
 * @param {Reader} options.reader
 * @param {Network} options.network
 * @param {Progress} options.progress
 * @param {Timing} options.timing
 * @param {(question: Asked) => void} options.onRefused
 * @param {() => void} options.wake
 */
export function createReading({ store, reader, network, progress, timing, onRefused, wake }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let patience;

  /** @type {import('../wire/reader.js').Asker<Asked>} */
  const asker = reader.asker({
    onAnswer: (trace, { tag }) => received(trace, tag),
    onRefused(error, question) {
      progress.fail(error);
      answer(question.tag.sequence);
      onRefused(question);
      store.set({ notice: errorText(error) });
    },
    onBusy(busy) {
      if (busy) patience ??= setTimeout(() => store.set({ busy: true }), BUSY_AFTER);
      else {
        clearTimeout(patience);
        patience = undefined;
        store.set({ busy: false });
      }
    },
  });

  /** @param {number} sequence a frame follows even where nothing changes, for who waits for it */
  function answer(sequence) {
    progress.answer(sequence);
    wake();
  }

  /**
   * @param {Trace} trace
   * @param {Tag} tag
   */
  function received(trace, tag) {
    if (store.get().drawing.strokes.length === 0 && store.get().drawing.file === null) return;
    if (tag.time !== null) timing.begin('stroke', tag.time);
    answer(tag.sequence);
    store.set(found(trace, tag));
  }

  return {
    /**
     * Asks about the present drawing.
     *
     * @param {number | null} time of the pointer event that changed it
     */
    ask(time) {
      const { drawing, center } = store.get();
      const sequence = progress.deliver();
      if (drawing.file || drawing.strokes.length > 0) {
        const tag = { sequence, time, drawing };
        return asker.ask({ network, what: 'trace', drawing, center, tag });
      }
      asker.forget();
      answer(sequence);
      store.set({ trace: null, inkless: null });
    },
  };
}

/**
 * What an answer says of the drawing; of a picture without ink also that, and why, if it is known.
 *
 * @param {Trace} trace
 * @param {Tag} tag
 */
function found(trace, { drawing }) {
  const { size } = drawing;
  if (trace.metadata['blank'] !== 'true')
    return { trace: { ...trace, size, drawing }, inkless: null };
  return { trace: null, inkless: size && { reason: noteText(trace.metadata) } };
}

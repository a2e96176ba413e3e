// Between the drawing and its trace: every change is asked about, every answer is stored.

import { errorText, noteText } from '../text/refusals.js';
import { decode } from '../wire/safetensors.js';
import { createReader } from '../wire/client.js';

/** @import { Link } from '../wire/link.js' */
/** @import { Question, Tag } from '../wire/client.js' */
/** @import { PageStore, Trace } from './state.js' */
/** @import { Progress } from './progress.js' */
/** @import { Timing } from './timing.js' */

/** A request shows as a busy line only after this long. */
const BUSY_AFTER = 200;

/**
 * @param {object} options
 * @param {PageStore} options.store
 * @param {Link} options.link
 * @param {string} options.url
 * @param {Progress} options.progress
 * @param {Timing} options.timing
 * @param {() => Promise<void>} options.renew fetches spec and weights anew
 * @param {(question: Question) => void} options.onRefused
 * @param {() => void} options.wake
 */
export function createReading({ store, link, url, progress, timing, renew, onRefused, wake }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let patience;

  const reader = createReader({
    url: () => url,
    decode,
    link,
    onTrace: (trace, { tag }) => void received(trace, tag),
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
  async function received(trace, tag) {
    const known = store.get().spec?.sha256;
    // a server that restarted with other weights: never show its numbers beside the old ones
    if (known !== undefined && known !== trace.metadata['weights']) await renew();
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
        reader.read({ ...drawing, center, tag: { sequence, time, size: drawing.size } });
        return;
      }
      reader.forget();
      answer(sequence);
      store.set({ trace: null, inkless: null });
    },
    resume: reader.resume,
  };
}

/**
 * What an answer says of the drawing; of a picture without ink also that, and why, if it is known.
 *
 * @param {Trace} trace
 * @param {Tag} tag
 */
function found(trace, { size = null }) {
  if (trace.metadata['blank'] !== 'true') return { trace: { ...trace, size }, inkless: null };
  return { trace: null, inkless: size && { reason: noteText(trace.metadata) } };
}

// What was given to a section is asked about, and what the server computes of it is shown.

import { errorText } from '../text/refusals.js';
import { untilAnswered } from '../wire/ask.js';
import { operations } from '../wire/operations.js';
import { Refusal } from '../wire/refusal.js';
import { createAnswers, NOTHING } from './answers.js';
import { createPictures } from './picture/reading.js';

/** @import { Tensors } from '../geometry/types.d.ts' */
/** @import { Refused } from './answers.js' */
/** @import { Question } from '../wire/questions.js' */
/** @import { Asked, BenchPage, Section, SectionState, SectionStore } from './types.d.ts' */

/**
 * Asks now, and whenever something else is given.
 *
 * @param {Pick<BenchPage, 'reader' | 'timing'>} page
 * @param {Section} section
 * @param {SectionStore<any>} store
 */
export function follow({ reader, timing }, section, store) {
  const answers = createAnswers(store);
  const waits = { loads: true, pictures: false, first: false, then: false, beside: false };
  const onRefused = (/** @type {Error} */ error) => {
    store.set(refusedBy(error));
    wait({ pictures: false });
  };
  /** @param {Partial<typeof waits>} patch */
  function wait(patch) {
    store.set({ busy: Object.values(Object.assign(waits, patch)).some(Boolean) });
  }
  /** @type {import('../wire/reader.js').Asker<Question & Put>} */
  const asker = reader.asker({
    onAnswer(answer, put) {
      timing.begin('given', put.when);
      answers.main({ ...put, answer });
    },
    onBusy: (then) => wait({ then }),
    onRefused(error, put) {
      onRefused(error);
      const asked = insteadOf(section, store.get(), put.prepared);
      if (asked) asker.ask({ ...put, ...operations(asked), asked, refused: refusedBy(error) });
    },
  });
  /** @type {import('../wire/reader.js').Asker<Question & { asked: Asked }>} */
  const besides = reader.asker({
    onAnswer: (answer, { asked }) => answers.beside({ asked, answer }),
    onBusy: (beside) => wait({ beside }),
    onRefused,
  });
  /** What the section loads. @type {any} */
  let loaded = null;
  /** @param {any} given @param {Tensors} prepared @param {number} when it was given */
  function askAll(given, prepared, when) {
    const asked = section.asks(given, prepared, loaded);
    asker.ask({ ...operations(asked), asked, prepared, when, refused: NOTHING });
    wait({ then: true });
    const more = section.besides?.(given, prepared, loaded) ?? null;
    if (!answers.wants(more) || !more) return;
    besides.ask({ ...operations(more), asked: more });
    wait({ beside: true });
  }
  /** @type {import('../wire/reader.js').Asker<Question & { given: any, read: Tensors, when: number }>} */
  const preparing = reader.asker({
    onAnswer: ({ tensors }, { given, read, when }) =>
      askAll(given, new Map([...read, ...tensors]), when),
    onBusy: (first) => wait({ first }),
    onRefused,
  });
  const pictures = createPictures(reader, section.fields, { ready: () => ask(true), onRefused });
  /** @param {boolean} soon with the latest pictures, be they those of what was given or not */
  function ask(soon) {
    const [{ given }, when] = [store.get(), performance.now()];
    const { latest: read, all } = pictures(given);
    wait({ pictures: !all });
    if (!read || !(all || soon)) return;
    const before = section.prepares?.(given, read);
    if (before) preparing.ask({ ...operations(before), given, read, when });
    else askAll(given, read, when);
  }
  const loading = section.loads ? untilAnswered(section.loads) : Promise.resolve(null);
  void loading.then((found) => {
    [loaded, waits.loads] = [found, false];
    store.subscribe((_, changed) => void ('given' in changed && ask(false)));
    ask(false);
  });
}

/**
 * What goes along with a question.
 *
 * @typedef {object} Put
 * @property {Asked} asked
 * @property {Tensors} prepared
 * @property {number} when it was given
 * @property {Refused} refused what was, in whose place this is asked
 */

/** @param {Section} section @param {Readonly<SectionState<any>>} state @param {Tensors} prepared @returns {Asked | null} what is asked of all that stands before a wrong layer */
function insteadOf(section, { given, place }, prepared) {
  return (place && section.instead?.(given, prepared, place)) || null;
}

/** @param {Error} error @returns {Refused} */
function refusedBy(error) {
  return { refused: errorText(error), place: placeIn(error) };
}

/** @param {unknown} error @returns {number | null} which of the layers that were sent is wrong; null where the error is not about one */
export function placeIn(error) {
  const [place = ''] = error instanceof Refusal ? error.places : [];
  const found = /\/layers\/(\d+)$/.exec(place);
  return found ? Number(found[1]) : null;
}

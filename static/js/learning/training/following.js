// Keeps what is known of the server's trainings current: the list, and of those that are watched each
// line as it comes.

import { untilAnswered } from '../../wire/ask.js';
import { Refusal } from '../../wire/refusal.js';
import { fetchDifferences, fetchRun, fetchRuns, followRun, isOver } from '../../wire/runs.js';
import { changed } from './state.js';

/** @import { Loop } from '../../core/loop.js' */
/** @import { Run, RunDifference, RunLine, RunStatus } from '../../wire/types.d.ts' */
/** @import { Difference, TrainingStore } from './state.js' */

/** Others begin and stop trainings, too, ms. */
const LOOK_EVERY = 3000;
/** Its latest network is asked for so often at the most, ms. */
const ASK_EVERY = 1000;
/** Until a run that nobody could read along is tried again, ms. */
const CLOSED = 2000;
const GONE = 404;

/** @param {TrainingStore} store @param {Loop} loop @param {HTMLElement} section */
export function openFollowing(store, loop, section) {
  /** Of each run that is read along, the way out. @type {Map<string, () => void>} */
  const followed = new Map();
  /** Those that wait, and are known. @type {Set<string>} */
  const asked = new Set();
  const look = async () => {
    const list = await untilAnswered(fetchRuns);
    store.set({ list });
    return list;
  };

  let near = false;
  const isSeen = () => near && !document.hidden;
  /** Where it is seen, and else once it is. Those that wait have nothing to read, and browsers hold few connections. */
  function follow() {
    const { list, watched } = store.get();
    const waits = (/** @type {string} */ id) =>
      list?.runs.some((one) => one.id === id && one.state === 'waiting');
    for (const { id, run } of watched)
      if (!run && waits(id) && !asked.has(id)) {
        asked.add(id);
        void about(id).then(
          (run) => run && store.set({ watched: changed(store.get().watched, id, { run }) }),
        );
      }
    const all = isSeen() ? watched.map(({ id }) => id) : [];
    const wanted = all.filter((id) => !waits(id));
    for (const [id, end] of followed)
      if (!wanted.includes(id)) {
        end();
        followed.delete(id);
      }
    for (const id of wanted)
      if (!followed.has(id)) followed.set(id, followOne(store, loop, id, look));
  }
  store.subscribe((_, news) => {
    if ('watched' in news || 'list' in news) follow();
  });
  compare(store);
  document.addEventListener('visibilitychange', follow);
  new IntersectionObserver((entries) => {
    near = entries.at(-1)?.isIntersecting ?? false;
    follow();
  }).observe(section);
  setInterval(() => void (isSeen() && look()), LOOK_EVERY);
  return {
    look,
    /** Of one that had ended and goes on. @param {string} id */
    again(id) {
      followed.get(id)?.();
      followed.delete(id);
      follow();
    },
  };
}

/** @param {TrainingStore} store @param {Loop} loop @param {string} id @param {() => unknown} look @returns {() => void} the way out */
function followOne(store, loop, id, look) {
  /** Lines of this frame. @type {RunLine[]} */
  let news = [];
  const now = () => store.get().watched.find((one) => one.id === id);
  const put = (/** @type {Partial<import('./state.js').Watched>} */ patch) =>
    store.set({ watched: changed(store.get().watched, id, patch) });
  const remove = loop.add('before', () => {
    const lines = [...(now()?.lines ?? []), ...news];
    if (news.length) put({ lines });
    news = [];
  });
  const asked = askNowAndThen(async () => {
    const run = await about(id);
    if (run) put({ run: { ...run, ...sooner(now()?.run, run) } });
    else store.set({ watched: store.get().watched.filter((one) => one.id !== id) });
  });

  /** @param {RunStatus} status */
  function hear(status) {
    const run = now()?.run;
    if (run && run.state !== status.state) look();
    if (run) put({ run: { ...run, ...status } });
    asked.ask();
  }

  let end = () => {};
  function follow() {
    end = followRun(id, now()?.lines.length ?? 0, {
      onLine(line) {
        news.push(line);
        loop.wake();
      },
      onStatus: hear,
      onClosed: () => void (again = setTimeout(() => void (asked.ask(), follow()), CLOSED)),
    });
  }
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again;
  follow();
  asked.ask();
  return () => {
    clearTimeout(again);
    end();
    remove();
    asked.end();
  };
}

/** What came meanwhile is newer than an answer. @param {Run | null | undefined} known @param {Run} run @returns {Partial<Run>} */
function sooner(known, run) {
  if (!known || known.step <= run.step || isOver(run)) return {};
  const { step, steps, epoch, seconds, loss, accuracy, state } = known;
  return { step, steps, epoch, seconds, loss, accuracy, state };
}

/** @param {string} id @returns {Promise<Run | null>} null where it is gone */
function about(id) {
  return untilAnswered(() =>
    fetchRun(id).catch((error) => {
      if (error instanceof Refusal && error.status === GONE) return null;
      throw error;
    }),
  );
}

/** @param {() => Promise<unknown>} question */
function askNowAndThen(question) {
  /** @type {ReturnType<typeof setTimeout> | null} */
  let timer = null;
  let [last, busy, due, ended] = [-Infinity, false, false, false];
  async function put() {
    timer = null;
    [last, busy, due] = [performance.now(), true, false];
    await question();
    busy = false;
    if (due) ask();
  }
  function ask() {
    if (timer !== null || ended) return;
    due = busy;
    if (!busy) timer = setTimeout(put, Math.max(0, last + ASK_EVERY - performance.now()));
  }
  return {
    ask,
    end() {
      ended = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}

/** In what those that are watched differ. @param {TrainingStore} store */
function compare(store) {
  let compared = '';
  store.subscribe(async ({ watched }, news) => {
    if (!('watched' in news)) return;
    const [first = '', ...others] = watched.map(({ id }) => id);
    const next = [first, ...others].join();
    if (next === compared) return;
    compared = next;
    store.set({ differences: null });
    if (!others.length) return;
    const asked = others.map((id) => fetchDifferences(first, id));
    const found = await Promise.all(asked).catch(() => null);
    if (compared === next) store.set({ differences: found && together(found) });
  });
}

/** @param {readonly (readonly RunDifference[])[]} found between the first and each other @returns {Difference[]} */
export function together(found) {
  const names = [...new Set(found.flat().map(({ name }) => name))];
  return names.map((name) => {
    const each = found.map((list) => list.find((one) => one.name === name));
    const first = each.find((one) => one)?.one;
    return { name, values: [first, ...each.map((one) => (one ? one.other : first))] };
  });
}

// How long the server's forward passes took, by network, as it says with each answer.

const KEPT = 31;

/** @returns {(id: string) => readonly number[]} milliseconds, the latest of a network's traces */
export function createTimes() {
  /** @type {Map<string, number[]>} */
  const found = new Map();

  /** @param {PerformanceEntryList} entries */
  function note(entries) {
    for (const entry of entries) {
      if (!(entry instanceof PerformanceResourceTiming)) continue;
      for (const [id, step] of passes(new URL(entry.name))) {
        const forward = entry.serverTiming.find(({ name }) => name === step);
        if (forward) found.set(id, [...(found.get(id) ?? []), forward.duration].slice(-KEPT));
      }
    }
  }
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: 'resource', buffered: true });

  return (id) => {
    note(observer.takeRecords());
    return found.get(id) ?? [];
  };
}

/**
 * @param {URL} url
 * @returns {[string, string][]} the network of each trace that was asked for, and what its pass is called
 */
function passes({ pathname, searchParams }) {
  const alone = /\/api\/models\/([^/]+)\/trace$/.exec(pathname);
  if (alone) return [[decodeURIComponent(alone[1] ?? ''), 'forward']];
  if (!pathname.endsWith('/api/questions')) return [];
  return searchParams.getAll('ask').flatMap((asked, k) => {
    const trace = /^(.+)\/trace(\?|$)/.exec(asked);
    return trace ? [[trace[1] ?? '', `forward-${k}`]] : [];
  });
}

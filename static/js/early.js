// Runs before the first paint, so that theme and account do not jump, a page that is reloaded has the
// address that it was left with, and none shows the token that came with its link. A classic script
// on purpose.
(() => {
  const root = document.documentElement;
  restoreAddress();
  takeToken();
  for (const change of ['popstate', 'hashchange']) addEventListener(change, takeToken);
  const recall = (/** @type {string} */ key) => {
    try {
      return localStorage.getItem(`convlens:${key}`);
    } catch {
      return null;
    }
  };
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const theme = recall('theme');
  root.dataset['theme'] = theme === 'dark' || theme === 'light' ? theme : dark ? 'dark' : 'light';
  // In low windows the account begins folded, and what is chosen there is remembered by itself.
  const roomy = matchMedia('(min-height: 700px)').matches;
  root.dataset['account'] = recall(roomy ? 'account' : 'account-low') ?? (roomy ? 'open' : 'line');
  for (const key of ['account-open', 'sheet-open']) {
    const tall = Number(recall(key));
    if (tall > 0) root.style.setProperty(`--${key}`, `${tall}px`);
  }

  /**
   * The link that the server opened carries the token of who may train. It is this tab's alone, and in
   * no address that somebody copies or sees.
   */
  function takeToken() {
    const [, token] = /[#&]token=([^&]*)/.exec(location.hash) ?? [];
    if (token === undefined) return;
    const rest = location.hash.replace(/([#&])token=[^&]*&?/g, '$1').replace(/[#&]$/, '');
    history.replaceState(null, '', location.pathname + location.search + rest);
    try {
      sessionStorage.setItem('convlens:token', decodeURIComponent(token));
    } catch {
      // without storage it is given by hand
    }
  }

  /** Storage is slow to be asked for the first time: it is asked where that can matter. */
  function restoreAddress() {
    const [visit] = performance.getEntriesByType('navigation');
    if (!(visit instanceof PerformanceNavigationTiming) || visit.type !== 'reload') return;
    try {
      const left = sessionStorage.getItem('convlens:left');
      sessionStorage.removeItem('convlens:left');
      if (left) history.replaceState(null, '', left);
    } catch {
      // without storage the address may lack what was done in the last second
    }
  }
})();

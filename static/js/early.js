// Runs before the first paint, so that theme and account do not jump. A classic script on purpose.
(() => {
  const root = document.documentElement;
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
  const account = recall('account');
  const roomy = matchMedia('(min-height: 800px)').matches;
  root.dataset['account'] =
    account === 'open' || account === 'line' ? account : roomy ? 'open' : 'line';
})();

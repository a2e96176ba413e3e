// Images from outside: chosen, dropped on the page, or pasted.

/**
 * @param {object} options
 * @param {HTMLInputElement} options.chooser
 * @param {HTMLElement} options.target shows that it would take what is dragged over the page
 * @param {(file: File) => void} options.onFile
 */
export function createFiles({ chooser, target, onFile }) {
  /** @param {DataTransfer | null} transfer */
  function take(transfer) {
    const file = [...(transfer?.files ?? [])].find(({ type }) => type.startsWith('image/'));
    const any = file ?? transfer?.files[0];
    if (any) onFile(any);
    return Boolean(any);
  }

  chooser.addEventListener('change', () => {
    const file = chooser.files?.[0];
    if (file) onFile(file);
    chooser.value = ''; // the same file again is news again
  });

  document.addEventListener('paste', (event) => {
    if (take(event.clipboardData)) event.preventDefault();
  });

  document.addEventListener('dragover', (event) => {
    event.preventDefault(); // otherwise the browser would leave the page for the file
    target.dataset['dropping'] = 'true';
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) delete target.dataset['dropping'];
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    delete target.dataset['dropping'];
    take(event.dataTransfer);
  });

  return { choose: () => chooser.click() };
}

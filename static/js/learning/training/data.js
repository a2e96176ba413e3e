// Sets of images: what the chosen one is like, MNIST to be fetched where it is not here, and what is wrong
// with others.

import { createFetching, FETCHED, isHere } from '../../sets/fetching.js';
import { message } from '../../text/messages.js';
import { grouped } from '../../text/numbers.js';
import { html, say } from '../../ui/dom.js';

/** @import { DataSet } from '../../wire/types.d.ts' */
/** @import { TrainingState, TrainingStore } from './state.js' */

/** @param {TrainingStore} store @param {(act: () => Promise<unknown>) => Promise<void>} attempt */
export function createData(store, attempt) {
  const fetching = createFetching((data) => store.set({ data }), attempt);
  const wrong = html('ul', { class: 'training-wrong' });
  const about = html('p', { class: 'training-about' });
  const element = html('div', { class: 'training-data' }, about, ...fetching.elements, wrong);
  /** @type {unknown} */
  let built = null;
  return {
    element,
    /** @param {Readonly<TrainingState>} state */
    show({ data, choices }) {
      if (!data) return;
      const { sets } = data;
      const chosen = sets.find(({ id, problem }) => id === choices?.data && !problem);
      say(about, chosen ? aboutText(chosen) : '');
      fetching.show(data);
      if (built === sets) return;
      built = sets;
      const here = isHere(data);
      const ill = sets.filter(({ id, problem }) => problem && (here || id !== FETCHED));
      wrong.replaceChildren(
        ...ill.map((one) => html('li', { lang: 'en' }, one.title, ': ', one.problem)),
      );
    },
  };
}

/** @param {DataSet} set */
function aboutText({ images, classes, strokes }) {
  const gaps = {
    train: grouped(images?.train ?? 0),
    test: grouped(images?.test ?? 0),
    classes: String(classes.length),
    names: classes.join(', '),
  };
  return message(strokes ? 'training.data.strokes' : 'training.data.pictures', gaps);
}

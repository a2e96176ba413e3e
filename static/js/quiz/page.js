// The page of questions: a set is asked for, its questions are shown one by one, and each answer is
// explained by the network itself.

import { createLoop } from '../core/loop.js';
import { createStore, recall } from '../core/store.js';
import { createTheme } from '../core/theme.js';
import { createViewport, isPhone, onNarrow } from '../core/viewport.js';
import { listenToKeys } from '../input/keys.js';
import { EMPTY } from '../input/strokes.js';
import { openBeside } from '../lesson/beside.js';
import { carryTo, ledAlong } from '../lesson/carrying.js';
import { message, speak } from '../text/messages.js';
import { localeOf, writeIn } from '../text/numbers.js';
import { errorText } from '../text/refusals.js';
import { learn } from '../text/sentences.js';
import { find, say } from '../ui/dom.js';
import { enable, listenToButtons } from '../ui/tools.js';
import { createLink } from '../wire/link.js';
import { fetchWeights } from '../wire/model.js';
import { fetchQuiz } from '../wire/quiz.js';
import { Reader } from '../wire/reader.js';
import { Away } from '../wire/refusal.js';
import { decode } from '../wire/safetensors.js';
import { start } from '../wire/start.js';
import { untilAnswered } from '../wire/ask.js';
import { openPresenting } from './presenting.js';
import { createReveal } from './reveal.js';
import { openDrawings, openSettings } from './settings.js';
import { createSheet, saveForm } from './sheet.js';
import { showQuestion } from './showing.js';
import { begun, fromLink, INITIAL, SEEDS, toLink } from './state.js';

/** @import { Loop } from '../core/loop.js' */
/** @import { Themes } from '../core/theme.js' */
/** @import { Viewport } from '../core/viewport.js' */
/** @import { Model, QuizOption } from '../wire/types.d.ts' */
/** @import { Given, QuizState, QuizStore } from './state.js' */

/** @typedef {{ loop: Loop, viewport: Viewport, theme: Themes }} Shared */

/** Until a server that did not answer is asked again, milliseconds. */
const AGAIN = 2000;

/** @param {HTMLElement} root */
export function openQuizPage(root) {
  const { language, messages, model: sent } = start();
  if (!sent) throw new Error('The page came without its network.');
  const model = sent;
  writeIn(localeOf(root.lang));
  speak(messages, language);
  learn(language);
  /** @type {QuizStore} */
  const store = createStore({ ...INITIAL, ...fromLink(location.hash.slice(1)) });
  const loop = createLoop();
  const theme = createTheme(root, (next) => {
    reveal.store.set({ theme: next.name });
    reveal.stage.view.setTheme(next);
    showAll();
  });
  const shared = { loop, viewport: createViewport(), theme };
  const reveal = createReveal(shared, model, find('#quiz-reveal', HTMLElement));
  onNarrow(() => reveal.store.set({ phone: isPhone() }));
  const question = showQuestion({
    store,
    model,
    theme,
    reveal,
    answer: (given) => answer(store, given),
  });
  const settings = openSettings(store, model, (patch) => want(store, patch));
  const presenting = openPresenting(root, store, shared, reveal.stage, (by) => turn(store, by));
  function showAll() {
    const state = store.get();
    settings.show(state);
    question.show(state);
    const sheet = find('#quiz-sheet', HTMLElement);
    sheet.replaceChildren(...(state.quiz ? createSheet(state.quiz, model, theme.current()) : []));
    root.dataset['state'] = state.quiz ? 'ready' : 'loading';
    loop.wake();
  }
  followLink(store);
  ask(store, model);
  readDrawing(root, store, model, reveal);
  store.subscribe((state, changed) => {
    if ('quiz' in changed || 'wanted' in changed || 'refused' in changed) return showAll();
    question.show(state);
  });
  void openDrawings(store, (digit, samples) => {
    const strokes = samples.find((one) => Number(one.digit) === digit)?.strokes;
    store.set({ digit, drawing: strokes ? { ...EMPTY, strokes } : store.get().own });
  });
  const actions = actionsOf(store, model, theme, presenting);
  openLesson(root, store, reveal, loop);
  listenToButtons(actions);
  listenToKeys(document, keysOf(store, actions, presenting), () => recall('shortcuts') !== 'off');
  Object.assign(window, { convlens: { settled: () => settled(store, reveal, loop) } });
  showAll();
}

/** The bar of a lesson that somebody left to answer questions. @param {HTMLElement} root @param {QuizStore} store @param {ReturnType<typeof createReveal>} reveal @param {Loop} loop */
function openLesson(root, store, { stage }, loop) {
  openBeside({
    ...{ root, app: document.body, led: () => store.get().led, lead: (led) => store.set({ led }) },
    drawing: () => drawingIn(store.get()),
    tell: (sentence) => say(find('#banner', HTMLElement), sentence),
    refit() {
      stage.refit();
      loop.wake();
    },
  });
}

/** All is there that was asked for, and painted. @param {QuizStore} store @param {ReturnType<typeof createReveal>} reveal @param {Loop} loop */
async function settled(store, reveal, loop) {
  await loop.painted(() => Boolean(store.get().quiz && reveal.store.get().trace));
}

/** @param {QuizStore} store @param {Partial<QuizState['wanted']>} patch */
function want(store, patch) {
  store.set({ wanted: { ...store.get().wanted, ...patch }, at: 0, given: {}, hands: {} });
}

/** @param {QuizStore} store @param {Given} given */
function answer(store, given) {
  const { at, given: all, quiz } = store.get();
  if (!all[at] && quiz?.items[at]) store.set({ given: { ...all, [at]: given } });
}

/** @param {QuizStore} store @param {-1 | 1} by */
function step(store, by) {
  const { at, quiz } = store.get();
  const next = at + by;
  if (quiz?.items[next]) store.set({ at: next });
}

/** The answer was looked at before one was given. @type {Given} */
const LOOKED = { option: null, typed: '', looked: true };

/** A class sees the answer first, then the next question. @param {QuizStore} store @param {-1 | 1} by */
function turn(store, by) {
  const { at, given } = store.get();
  if (by > 0 && !given[at]) answer(store, LOOKED);
  else step(store, by);
}

/** @param {QuizStore} store @param {Model} model @param {Themes} theme @param {ReturnType<typeof openPresenting>} presenting */
function actionsOf(store, model, theme, presenting) {
  /** @param {'gift' | 'csv'} form */
  const save = (form) =>
    void saveForm(store.get(), model, form).catch((error) =>
      say(find('#banner', HTMLElement), errorText(error)),
    );
  return {
    theme: theme.toggle,
    present: presenting.toggle,
    back: () => step(store, -1),
    next: () => step(store, 1),
    reveal: () => answer(store, LOOKED),
    again: () => want(store, { seed: (store.get().wanted.seed + 1) % SEEDS }),
    print: () => print(),
    gift: () => save('gift'),
    csv: () => save('csv'),
  };
}

/** @param {QuizStore} store @param {ReturnType<typeof actionsOf>} actions @param {ReturnType<typeof openPresenting>} presenting */
function keysOf(store, actions, presenting) {
  /** @type {Record<string, () => void>} */
  const keys = { s: actions.reveal, n: actions.next, ...presenting.keys };
  for (const [at, letter] of [...'abcd'].entries()) {
    const whenPresented = keys[letter]; // B blanks the screen
    const choose = () => {
      const { quiz, at: place, presents } = store.get();
      const item = quiz?.items[place];
      const option = /** @type {QuizOption | undefined} */ (item?.options[at]);
      if (presents) whenPresented?.();
      else if (item?.form === 'choice' && option)
        answer(store, { option, typed: '', looked: false });
    };
    keys[letter] = keys[String(at + 1)] = choose;
  }
  return keys;
}

/** The address says which questions, and is read when one goes back. @param {QuizStore} store */
function followLink(store) {
  const linked = ['wanted', 'digit', 'at', 'own', 'led'];
  store.subscribe((state, changed) => {
    if (!linked.some((key) => key in changed)) return;
    const link = toLink(state);
    if (location.hash.slice(1) !== link) history.replaceState(null, '', `#${link}`);
    carry(state);
  });
  addEventListener('hashchange', () => {
    const read = fromLink(location.hash.slice(1));
    if (toLink({ ...INITIAL, ...read }) === toLink(store.get())) return;
    location.reload(); // another drawing, other questions: all of it begins anew
  });
  carry(store.get());
}

/** What a link says of the drawing that was brought along. @param {Readonly<QuizState>} state */
function drawingIn(state) {
  return new URLSearchParams(toLink(state)).get('drawing') ?? '';
}

/** The drawing and a lesson go on to other pages. @param {Readonly<QuizState>} state */
function carry(state) {
  const along = { ...ledAlong(state.led), drawing: drawingIn(state) };
  for (const way of document.querySelectorAll('.pages a:not([aria-current])'))
    if (way instanceof HTMLAnchorElement) carryTo(way, along);
}

/** Whenever other questions are wanted, they are asked for; the latest wins. @param {QuizStore} store @param {Model} model */
function ask(store, model) {
  let latest = 0;
  async function put() {
    const mine = ++latest;
    const { drawing, wanted } = store.get();
    if (!drawing) return;
    enable('again', false);
    try {
      const quiz = await fetchQuiz(model.id, drawing, wanted);
      if (mine !== latest) return;
      store.set(begun(quiz, store.get().at));
    } catch (error) {
      if (mine !== latest) return;
      store.set({ refused: error instanceof Away ? message('quiz.away') : errorText(error) });
      if (error instanceof Away) setTimeout(() => mine === latest && void put(), AGAIN);
    } finally {
      if (mine === latest) enable('again', true);
    }
  }
  store.subscribe((_, changed) => {
    if (!('wanted' in changed || 'drawing' in changed)) return;
    if ('drawing' in changed) store.set({ given: {}, hands: {} });
    void put();
  });
}

/** What the network makes of the drawing, moved as the question has it. @param {HTMLElement} root @param {QuizStore} store @param {Model} model @param {ReturnType<typeof createReveal>} reveal */
function readDrawing(root, store, model, reveal) {
  const link = createLink({
    url: 'healthz',
    onChange(away) {
      root.toggleAttribute('data-away', away);
      if (!away) reader.resume();
    },
  });
  const reader = new Reader({ link });
  const network = {
    id: model.id,
    weights: () => model.sha256,
    renew: async () => location.reload(),
  };
  const asker = reader.asker({
    onAnswer: (trace) => reveal.store.set({ trace: { ...trace, size: null } }),
    onRefused: (error) => store.set({ refused: errorText(error) }),
  });
  let asked = '';
  store.subscribe(({ drawing, quiz, at }) => {
    if (!drawing) return;
    const { down, right } = quiz?.items[at]?.moved ?? { down: 0, right: 0 };
    const query = down || right ? `down=${down}&right=${right}` : '';
    const key = `${store.get().digit}?${query}`;
    if (key === asked) return;
    asked = key;
    const moved = query ? { query, text: '' } : null;
    asker.ask({ network, what: 'trace', drawing, center: true, moved });
  });
  void untilAnswered(() => fetchWeights(model.id, model.sha256)).then((file) => {
    reveal.store.set({ weights: { sha256: model.sha256, tensors: decode(file).tensors } });
  });
}

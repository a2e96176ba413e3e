// Watches what a stage could leave behind, and opens three of them in a blank page. Runs first of all.

{
  const listeners = [];
  const sets = { timers: new Set(), frames: new Set(), sizes: new Set() };
  const cards = new Set();
  const keys = ['target', 'type', 'task', 'capture'];
  const same = (a) => (b) => keys.every((key) => a[key] === b[key]);
  const forget = (one) => {
    const at = listeners.findIndex(same(one));
    if (at >= 0) listeners.splice(at, 1);
  };
  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  const given = (target, type, task, options) => {
    return { target, type, task, capture: Boolean(options?.capture ?? options) };
  };
  EventTarget.prototype.addEventListener = function (type, task, options) {
    const one = given(this, type, task, options);
    add.call(this, type, task, options);
    if (listeners.some(same(one)) || options?.signal?.aborted) return;
    listeners.push(one);
    if (options?.once) add.call(this, type, () => forget(one), { once: true });
    if (options?.signal) add.call(options.signal, 'abort', () => forget(one), { once: true });
  };
  EventTarget.prototype.removeEventListener = function (type, task, options) {
    forget(given(this, type, task, options));
    remove.call(this, type, task, options);
  };
  const wrap = (object, name, around) => {
    const old = object[name];
    object[name] = function (...more) {
      return around((...now) => old.apply(this, now), ...more);
    };
  };
  for (const [set, begin, end] of [
    [sets.timers, 'setTimeout', 'clearTimeout'],
    [sets.frames, 'requestAnimationFrame', 'cancelAnimationFrame'],
  ]) {
    wrap(window, begin, (old, task, ...more) => {
      const done = (...times) => {
        set.delete(id);
        task(...times);
      };
      const id = old(done, ...more);
      set.add(id);
      return id;
    });
    wrap(window, end, (old, id) => {
      set.delete(id);
      old(id);
    });
  }
  const sizing = ResizeObserver.prototype;
  wrap(sizing, 'observe', (old, element, ...more) => {
    sets.sizes.add(element);
    old(element, ...more);
  });
  wrap(sizing, 'unobserve', (old, element) => {
    sets.sizes.delete(element);
    old(element);
  });
  wrap(HTMLCanvasElement.prototype, 'getContext', (old, kind, ...more) => {
    const context = old(kind, ...more);
    if (kind === 'webgl2' && context) cards.add(context);
    return context;
  });

  window.left = () => ({
    listeners: listeners.map(({ target, type }) => `${type} of ${target.constructor.name}`),
    ...Object.fromEntries(Object.entries(sets).map(([name, { size }]) => [name, size])),
    cards: [...cards].filter((context) => !context.isContextLost()).length,
  });
}

/** Numbers for a tensor, none like its neighbour. */
function filled(shape) {
  const length = shape.reduce((a, b) => a * b, 1);
  return { dtype: 'F32', shape, data: Float32Array.from({ length }, (_, i) => Math.sin(i)) };
}

/** What a stage shows of a network: values, and weights, that are made up. */
function shownOf({ input, layers }, graph) {
  const shapes = [['input', input.shape], ...layers.map(({ name, shape }) => [name, shape])];
  const learnt = layers.flatMap(({ name, parameters }) =>
    Object.entries(parameters).map(([which, shape]) => [`${name}.${which}`, filled(shape)]),
  );
  const tensors = new Map(shapes.map(([name, shape]) => [name, filled(shape)]));
  const weights = { sha256: '', tensors: new Map(learnt) };
  return { graph, trace: { tensors, metadata: {} }, weights };
}

function placed(left) {
  const [place, sheet] = [document.createElement('main'), document.createElement('div')];
  const [canvas, overlay] = [0, 1].map(() => document.createElement('canvas'));
  place.className = 'stage';
  sheet.className = 'stage-sheet';
  const at = { left: `${left}px`, top: 0, width: '470px', height: '600px' };
  Object.assign(place.style, at, { position: 'absolute' });
  Object.assign(overlay.style, { position: 'absolute', inset: 0, pointerEvents: 'none' });
  sheet.append(canvas, overlay);
  place.append(sheet);
  document.body.append(place);
  return { canvas, overlay, place };
}

/** Opens a stage for each spec, side by side; ids are of networks that the server has. */
window.openStages = async (networks) => {
  const all = async (room, ...names) =>
    Object.assign({}, ...(await Promise.all(names.map((name) => import(`/static/js/${room}/${name}.js`)))));
  const styled = ['tokens', 'page', 'space'].map((name) => {
    const link = document.createElement('link');
    Object.assign(link, { rel: 'stylesheet', href: `/static/css/${name}.css` });
    document.head.append(link);
    return new Promise((resolve) => (link.onload = resolve));
  });
  const core = await all('core', 'store', 'loop', 'viewport', 'theme');
  const { graphOf } = await all('kinds', 'traits');
  const names = ['stage', 'state', 'marks', 'pointing', 'zoom', 'space'];
  const { createStage, EMPTY_STAGE, MARKS, ...open } = await all('stage', ...names);
  const specOf = async (one) =>
    typeof one === 'string' ? (await fetch(`/api/models/${one}`)).json() : one;
  const specs = await Promise.all(networks.map(specOf));
  await Promise.all(styled);
  document.body.replaceChildren();

  const theme = core.createTheme(document.documentElement, () => {});
  const [loop, viewport] = [core.createLoop(), core.createViewport()];
  window.stages = specs.map((spec, i) => {
    const store = core.createStore({ ...EMPTY_STAGE, ...shownOf(spec, graphOf(spec)) });
    const stage = createStage({ ...placed(480 * i), store, loop, viewport, theme });
    stage.view.marks = MARKS;
    open.openZoom(stage);
    open.openSpace(stage, open.openPointing(stage));
    return stage;
  });
  window.closeStages = () => {
    for (const one of [...stages, viewport, theme]) one.end();
    document.body.replaceChildren();
  };
  await loop.painted(() => stages.every(({ view }) => view.layout));
};

/** Where a cell of a stage is in the window, once the stage stands as its state says. */
window.middleOf = (i, cell) => {
  const { view, place, store } = stages[i];
  const rect = view.rectOf(cell);
  if (!rect || store.get().space !== place.hasAttribute('data-space')) return null;
  const { left, top } = place.getBoundingClientRect();
  return [left + rect.x + rect.width / 2, top + rect.y + rect.height / 2];
};

window.stateOf = (i) => {
  const { camera, pointed, pinned, space, graph } = stages[i].store.get();
  return { zoom: camera.zoom, pointed, pinned, space, classes: graph.classes.length };
};

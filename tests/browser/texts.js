// Reads off a page which texts stand where, as they are painted, and what is wrong with them.
// Runs before the page's own scripts, so that it sees every text that is drawn on a canvas.

window.screenTexts = (() => {
  /** What stands on each canvas: texts, and the opaque grounds that hide what lies below. */
  const drawn = new Map();
  const clips = new WeakMap();
  const paths = new WeakMap();

  const cornersOf = ({ a, b, c, d, e, f }, x, y, width, height) => {
    const xs = [x, x + width].flatMap((u) => [y, y + height].map((v) => a * u + c * v + e));
    const ys = [x, x + width].flatMap((u) => [y, y + height].map((v) => b * u + d * v + f));
    const [left, top] = [Math.min(...xs), Math.min(...ys)];
    return { left, top, right: Math.max(...xs), bottom: Math.max(...ys) };
  };
  const meetOf = (a, b) => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const empty = ({ left, top, right, bottom }) => right - left < 1 || bottom - top < 1;
  const holds = (area, { left, top, right, bottom }) => {
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return x >= area.left && x <= area.right && y >= area.top && y <= area.bottom;
  };
  const boundsOf = (a, b) => ({
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  });
  const within = (area, { left, top, right, bottom }) =>
    left >= area.left && top >= area.top && right <= area.right && bottom <= area.bottom;
  const grown = ({ left, top, right, bottom }) => ({
    left: left - 1.5,
    top: top - 1.5,
    right: right + 1.5,
    bottom: bottom + 1.5,
  });
  const OVERLAY = '#overlay, .stage-overlay';
  const onCanvas = (canvas) => drawn.get(canvas) ?? drawn.set(canvas, []).get(canvas);
  const wipe = (canvas, area) => {
    const items = drawn.get(canvas);
    const stays = ({ box, cover }) => (cover ? !within(area, box) : !holds(area, box));
    if (items) drawn.set(canvas, items.filter(stays));
  };

  const proto = CanvasRenderingContext2D.prototype;
  const before = (name, act) => {
    const own = proto[name];
    proto[name] = function (...given) {
      act(this, ...given);
      return own.apply(this, given);
    };
  };
  const writes = (context, text, x, y) => {
    const box = context.measureText(text);
    const area = cornersOf(
      context.getTransform(),
      ...[x - box.actualBoundingBoxLeft, y - box.actualBoundingBoxAscent],
      box.actualBoundingBoxLeft + box.actualBoundingBoxRight,
      box.actualBoundingBoxAscent + box.actualBoundingBoxDescent,
    );
    const clip = clips.get(context)?.at(-1);
    const { width: right, height: bottom } = context.canvas;
    const whole = { left: 0, top: 0, right, bottom };
    const seen = meetOf(clip ? meetOf(area, clip) : area, whole);
    if (text.trim() && context.globalAlpha > 0.05 && !empty(seen)) {
      onCanvas(context.canvas).push({ text, box: seen, off: !within(grown(whole), area) });
    }
  };
  const hides = (context, place) => {
    const clip = clips.get(context)?.at(-1);
    const area = cornersOf(context.getTransform(), ...place);
    const box = clip ? meetOf(area, clip) : area;
    wipe(context.canvas, box);
    if (context.canvas.matches(OVERLAY)) onCanvas(context.canvas).push({ box, cover: true });
  };
  const covers = (context, ...place) => {
    const opaque = context.globalAlpha === 1 && /^#.{6}$/.test(String(context.fillStyle));
    if (opaque) hides(context, place);
  };
  before('fillText', writes);
  before('fillRect', covers);
  before('clearRect', (context, ...area) =>
    wipe(context.canvas, cornersOf(context.getTransform(), ...area)),
  );
  before('drawImage', (context, image, ...at) => {
    const [x, y, width, height] = at.length === 8 ? at.slice(4) : at;
    hides(context, [x, y, width ?? image.width, height ?? image.height]);
  });
  before('save', (context) => {
    const stack = clips.get(context) ?? clips.set(context, [null]).get(context);
    stack.push(stack.at(-1));
  });
  before('restore', (context) => clips.get(context)?.pop());
  before('beginPath', (context) => paths.delete(context));
  before('rect', (context, ...area) => {
    const [known, next] = [paths.get(context), cornersOf(context.getTransform(), ...area)];
    paths.set(context, known ? boundsOf(known, next) : next);
  });
  before('clip', (context) => {
    const [stack, path] = [clips.get(context), paths.get(context)];
    if (stack && path) stack.push(stack.at(-1) ? meetOf(stack.pop(), path) : (stack.pop(), path));
  });
  for (const side of ['width', 'height']) {
    const own = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, side);
    Object.defineProperty(HTMLCanvasElement.prototype, side, {
      ...own,
      set(value) {
        drawn.delete(this);
        own.set.call(this, value);
      },
    });
  }

  // ------------------------------------------------------------- what is seen of a text

  let styles = new Map();
  const styleOf = (element) =>
    styles.get(element) ?? styles.set(element, getComputedStyle(element)).get(element);
  let shown = new Map();
  const isShown = (element) => {
    if (!shown.has(element)) {
      const clear = { opacityProperty: true, visibilityProperty: true };
      let seen = element.checkVisibility(clear);
      for (let at = element; seen && at; at = at.parentElement) {
        if (styleOf(at).clipPath.startsWith('inset(50%')) seen = false;
      }
      shown.set(element, seen);
    }
    return shown.get(element);
  };

  /** The ancestors that clip an element, from within outwards. */
  function* clippers(element) {
    let { position } = styleOf(element);
    for (let at = element; at; at = at.parentElement) {
      const style = styleOf(at);
      const hidden = style.overflowX !== 'visible' || style.overflowY !== 'visible';
      const root = at === document.documentElement || at === document.body;
      const reaches = at === element || position !== 'absolute' || style.position !== 'static';
      const inline = style.display === 'inline' && !(at instanceof SVGElement);
      if (hidden && reaches && !root && !inline) yield [at, style];
      if (at !== element && reaches) position = style.position;
      if (position === 'fixed') return;
    }
  }

  const insideOf = (element, style) => {
    const box = element.getBoundingClientRect();
    const by = (side) => parseFloat(style[`border${side}Width`]) || 0;
    return {
      left: box.left + by('Left'),
      top: box.top + by('Top'),
      right: box.right - by('Right'),
      bottom: box.bottom - by('Bottom'),
    };
  };

  /** What is left of an area, and what takes from it without a sign. */
  function seenOf(element, area) {
    let seen = area;
    let cut = '';
    const note = (which, lost) => (cut ||= lost > 1 ? which : '');
    for (const [at, style] of clippers(element)) {
      const inside = insideOf(at, style);
      // in the account, where bars come and go, an edge behind which there is more is shaded
      const shaded = style.backgroundAttachment.includes('local') || !at.closest('.account .open');
      const barred = style.scrollbarWidth !== 'none' && shaded;
      const scrolls = (how) => barred && (how === 'auto' || how === 'scroll');
      const dots = style.textOverflow === 'ellipsis';
      const lines = style.webkitLineClamp !== 'none';
      const name = `${at.localName}.${at.getAttribute('class') ?? at.id}`;
      if (style.overflowX !== 'visible') {
        const lost = Math.max(inside.left - seen.left, seen.right - inside.right);
        if (!scrolls(style.overflowX) && !dots) note(`cut by ${name}`, lost);
        seen = meetOf(seen, { ...seen, left: inside.left, right: inside.right });
      }
      if (style.overflowY !== 'visible') {
        const lost = Math.max(inside.top - seen.top, seen.bottom - inside.bottom);
        if (!scrolls(style.overflowY) && !lines) note(`cut by ${name}`, lost);
        seen = meetOf(seen, { ...seen, top: inside.top, bottom: inside.bottom });
      }
      if (empty(seen)) return { seen, cut };
    }
    const view = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    const lost = Math.max(
      -seen.left,
      -seen.top,
      seen.right - view.right,
      seen.bottom - view.bottom,
    );
    note('cut by the window', lost);
    return { seen: meetOf(seen, view), cut };
  }

  /** Every text of the document that is painted: one box a line, as high as its letters. */
  function* written() {
    const skip = 'script, style, noscript, title, option, template';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || element.closest(skip) || !isShown(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, top, right, bottom } of range.getClientRects()) {
        if (right - left < 1) continue;
        const trim = (bottom - top) * 0.2;
        const area = { left, top: top + trim, right, bottom: bottom - trim };
        yield { text: node.data.trim().replace(/\s+/g, ' '), of: node, element, area };
      }
    }
    for (const select of document.querySelectorAll('select')) {
      if (!isShown(select)) continue;
      const { left, top, right, bottom } = select.getBoundingClientRect();
      const style = styleOf(select);
      const context = new OffscreenCanvas(1, 1).getContext('2d');
      context.font = style.font;
      const text = select.selectedOptions[0]?.text ?? '';
      const from = left + parseFloat(style.paddingLeft);
      const to = from + context.measureText(text).width;
      const trim = (bottom - top - parseFloat(style.fontSize)) / 2;
      const area = { left: from, top: top + trim, right: to, bottom: bottom - trim };
      const room = right - parseFloat(style.paddingRight);
      const cut = to - room > 1 && style.textOverflow !== 'ellipsis' ? 'cut by its choice' : '';
      yield { text, of: select, element: select, area, cut };
    }
  }

  function* painted() {
    for (const [canvas, items] of drawn) {
      if (!canvas.isConnected || !isShown(canvas)) continue;
      const box = canvas.getBoundingClientRect();
      const [x, y] = [box.width / canvas.width, box.height / canvas.height];
      const above = canvas.nextElementSibling;
      const over = above?.matches(OVERLAY) ? (drawn.get(above) ?? []) : [];
      for (const item of items) {
        const { text, cover } = item;
        const hidden = over.filter((one) => one.cover && !empty(meetOf(one.box, item.box)));
        if (cover || hidden.some((one) => within(grown(one.box), item.box))) continue;
        const area = {
          left: box.left + item.box.left * x,
          top: box.top + item.box.top * y,
          right: box.left + item.box.right * x,
          bottom: box.top + item.box.bottom * y,
        };
        // zoomed in, the rest is reached by dragging, and the bar says how far one is in
        const half = hidden.length ? 'half hidden by what is drawn over it' : '';
        const zoomed = document.querySelector('[data-zoomed]');
        const cut = half || (item.off && !zoomed ? `cut by the edge of canvas ${canvas.id}` : '');
        yield { text, of: item, element: canvas, area, cut };
      }
    }
  }

  /** Something that stays in place over what is scrolled below it. */
  function sticks(one, other) {
    const [left, right] = [Math.max(one.left, other.left), Math.min(one.right, other.right)];
    const [top, bottom] = [Math.max(one.top, other.top), Math.min(one.bottom, other.bottom)];
    const upper = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    for (let at = upper; at; at = at.parentElement) {
      if (styleOf(at).position !== 'sticky') continue;
      return [one, other].filter(({ element }) => at.contains(element)).length === 1;
    }
    return false;
  }

  /** What stays in place while the target is scrolled below it. */
  function stuck(hit, target) {
    for (let at = hit; at && !at.contains(target); at = at.parentElement) {
      if (styleOf(at).position === 'sticky') return true;
    }
    return false;
  }

  function overlaps(texts) {
    const sorted = [...texts].sort((a, b) => a.left - b.left);
    const found = [];
    sorted.forEach((one, i) => {
      for (let j = i + 1; j < sorted.length && sorted[j].left < one.right - 1; j++) {
        const other = sorted[j];
        if (other.of === one.of) continue;
        if (Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) <= 1) continue;
        if (!sticks(one, other)) found.push(`“${one.text}” on “${other.text}”`);
      }
    });
    return found;
  }

  /** Controls that something lies over, and those too small for a finger. */
  function controls() {
    const all =
      'button, select, input, a[href], [role=button], [role=separator][tabindex], summary';
    const found = [];
    const targets = [];
    for (const element of document.querySelectorAll(all)) {
      const target = element.closest('label') ?? element;
      if (element.disabled || !isShown(target) || element.type === 'hidden') continue;
      const { left, top, right, bottom } = target.getBoundingClientRect();
      const { seen } = seenOf(target, { left, top, right, bottom });
      if (seen.right - seen.left < 12 || seen.bottom - seen.top < 12) continue;
      const name =
        element.getAttribute('aria-label') ?? (target.textContent.trim() || element.value || '');
      const inline = styleOf(target).display === 'inline';
      const whole =
        seen.right - seen.left > right - left - 1 && seen.bottom - seen.top > bottom - top - 1;
      const [x, y] = [(seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2];
      const hit = document.elementFromPoint(x, y);
      const around = [
        [0, 11],
        [0, -11],
        [11, 0],
        [-11, 0],
      ];
      const roomy = around.every(([dx, dy]) =>
        target.contains(document.elementFromPoint(x + dx, y + dy)),
      );
      targets.push({ left, top, right, bottom, name, inline, whole: whole && !roomy });
      if (!hit || !(target.contains(hit) || hit.contains(target) || stuck(hit, target))) {
        found.push(`“${name}” is covered by ${hit?.localName}.${hit?.getAttribute('class')}`);
      }
    }
    for (const one of targets) {
      const least = Math.min(one.right - one.left, one.bottom - one.top);
      if (one.inline || !one.whole || least > 23.5) continue;
      const [x, y] = [(one.left + one.right) / 2, (one.top + one.bottom) / 2];
      const near = targets.some((other) => {
        if (other === one || other.left > x + 12 || other.right < x - 12) return false;
        return other.top < y + 11.5 && other.bottom > y - 11.5;
      });
      if (near) found.push(`“${one.name}” is ${Math.round(least)} px small`);
    }
    return found;
  }

  /** What must be read whole: the guess, and the number that is accounted for. */
  function wholes(texts) {
    const places = ['#prediction .digit', '#prediction .first'];
    const value = document.querySelector('#account .value, #account .number');
    if (value && isShown(value)) places.push('#account .value, #account .number');
    return places.flatMap((place) => {
      const element = document.querySelector(place);
      if (!element?.textContent.trim()) return [];
      const said = texts.filter((text) => element.contains(text.element));
      if (!said.length) return [`${place} is not in sight`];
      return said.filter(({ whole }) => !whole).map(({ text }) => `${place} is not whole: ${text}`);
    });
  }

  return function check() {
    [styles, shown] = [new Map(), new Map()];
    const texts = [];
    const cuts = [];
    for (const { text, of, element, area, cut: own = '' } of [...written(), ...painted()]) {
      const from = element.localName === 'canvas' ? element.parentElement : element;
      const { seen, cut } = seenOf(from, area);
      if (own || cut) cuts.push(`“${text}” is ${own || cut}`);
      if (empty(seen)) continue;
      const lost = Math.max(
        ...[seen.left - area.left, area.right - seen.right],
        ...[seen.top - area.top, area.bottom - seen.bottom],
      );
      texts.push({ ...seen, text, of, element, whole: lost < 1 });
    }
    const wide = document.querySelectorAll('#account .value > span, #prediction .digit');
    const dotted = [...wide]
      .filter((one) => isShown(one) && one.scrollWidth > one.clientWidth + 1 && one.clientWidth)
      .map((one) => `“${one.textContent}” is shortened`);
    return [...overlaps(texts), ...cuts, ...dotted, ...wholes(texts), ...controls()];
  };
})();

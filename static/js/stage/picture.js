// The picture of a stage as a file: what is seen of it and of those in a row with it, whose each is,
// and a caption below, in either theme. Loaded when it is first wanted.

import { readTheme } from '../core/theme.js';
import { createBrush, createFonts } from '../render/brush.js';
import { Painter } from '../render/painter.js';
import { SvgCanvas } from '../render/svg.js';
import { stillItems } from '../scene/still.js';
import { html } from '../ui/dom.js';

/** @import { Theme, ThemeName } from '../core/theme.js' */
/** @import { Brush } from '../render/brush.js' */
/** @import { Stage } from './stage.js' */

/**
 * @typedef {object} Wanted
 * @property {boolean} svg else it is a PNG; in space it must be
 * @property {number} scale pixels of the file for each of the screen
 * @property {ThemeName} theme
 * @property {string} title
 * @property {readonly string[]} said what the caption says, in parts that are not broken
 */

/** Plain CSS pixels: a line of the caption, what is around it, and what stands above a picture of several. */
const LINE = 20;
const MARGIN = 16;
const HEAD = 32;
const BETWEEN = ' · ';

/**
 * @param {Stage} stage
 * @param {Wanted} wanted
 * @returns {Promise<Blob | null>} null where the browser has no canvas that large
 */
export async function pictureOf(stage, { svg, scale, theme: name, title, said }) {
  const theme = themeNamed(name);
  const row = stage.company.row.length ? stage.company.row : [stage];
  const makes = row.map(async (one, i) => {
    if (!one.store.get().space) return paintFlat(one, theme, scale, [`${i}a`, `${i}b`], svg);
    const { paintSpace } = await import('./space/picture.js');
    return paintSpace(one, theme, scale);
  });
  const pictures = (await Promise.all(makes)).filter((one) => one !== null);
  if (pictures.length < row.length) return null;
  const sheet = canvasFor(svg, 'sheet');
  join(sheet, stage, theme, scale, pictures, said);
  if (!(sheet instanceof SvgCanvas)) return new Promise((done) => sheet.toBlob(done, 'image/png'));
  const text = sheet.file(title, said.join(BETWEEN), theme.tokens.font);
  return new Blob([text], { type: 'image/svg+xml' });
}

/** Of pixels, or one that becomes SVG, which has what painters use. @param {boolean} svg @param {string} name */
function canvasFor(svg, name) {
  const canvas = svg ? new SvgCanvas(name) : html('canvas');
  return /** @type {HTMLCanvasElement} */ (canvas);
}

/** Whichever the page has now. @param {ThemeName} name */
function themeNamed(name) {
  const probe = html('span', { hidden: true, 'data-theme': name });
  document.body.append(probe);
  const theme = readTheme(name, getComputedStyle(probe));
  probe.remove();
  return theme;
}

/** @param {Stage} stage @param {Theme} theme @param {number} scale @param {readonly [string, string]} names of its canvases @param {boolean} svg */
function paintFlat({ store, view, painter: shown }, theme, scale, names, svg) {
  const [still, over] = [canvasFor(svg, names[0]), canvasFor(svg, names[1])];
  const { layout, overlay, quantity } = view;
  const { graph } = store.get();
  if (!layout || !quantity || !graph) return still;
  const painter = new Painter(still, over, theme);
  Object.assign(painter, { measure: shown.measure, marks: shown.marks });
  painter.setLayout({ ...layout, dpr: layout.dpr * scale }, stillItems(layout, graph));
  painter.paintBase();
  painter.paintValues(quantity.under ?? quantity);
  painter.paintOverlay(overlay, 1, quantity);
  painter.join();
  return still;
}

/**
 * The pictures beside each other, with what stands above and below them.
 *
 * @param {HTMLCanvasElement} sheet
 * @param {Stage} stage
 * @param {Theme} theme
 * @param {number} scale
 * @param {readonly HTMLCanvasElement[]} pictures
 * @param {readonly string[]} said
 */
function join(sheet, { view, painter, company: { row } }, theme, scale, pictures, said) {
  const context = sheet.getContext('2d', { alpha: false });
  const { text = 1, dpr: shown = 1 } = view.layout ?? {};
  const { measure } = painter;
  const dpr = shown * scale;
  const head = row.length ? Math.round(HEAD * text * dpr) : 0;
  const width = pictures.reduce((all, one) => all + one.width, 0);
  const below = head + Math.max(...pictures.map(({ height }) => height));
  const lines = captionLines(said, width / dpr, (line) => measure(line, 'shape') * text);
  sheet.width = width;
  sheet.height = below + Math.ceil((lines.length * LINE * text + MARGIN) * dpr);
  if (!context) return;
  const fonts = createFonts(theme.tokens.font, text);
  const brush = createBrush(context, { theme, fonts, measure, dpr, text });
  brush.clear({ x: 0, y: 0, width: sheet.width, height: sheet.height });
  let x = 0;
  for (const [i, picture] of pictures.entries()) {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(picture, x, head);
    context.setTransform(dpr, 0, 0, dpr, 0, 0);
    writeHead(brush, row[i]?.company.title ?? [], x / dpr);
    x += picture.width;
  }
  lines.forEach((line, k) => {
    const at = { x: MARGIN, y: below / dpr + (k + 1) * LINE * text - 2 };
    brush.text({ ...at, text: line, align: 'left', font: 'shape', tone: 'ink2' });
  });
}

/** @param {Brush} brush @param {readonly string[]} title @param {number} left */
function writeHead(brush, [who = '', what = ''], left) {
  const at = /** @type {const} */ ({ y: (HEAD - 10) * brush.size, align: 'left' });
  const x = left + MARGIN;
  brush.text({ ...at, x, text: who, font: 'name', tone: 'ink' });
  brush.text({
    ...at,
    x: x + brush.width(`${who}  `, 'name'),
    text: what,
    font: 'shape',
    tone: 'ink2',
  });
}

/**
 * As many parts in a line as it has room for.
 *
 * @param {readonly string[]} said
 * @param {number} width
 * @param {(line: string) => number} measure
 */
function captionLines(said, width, measure) {
  /** @type {string[]} */
  const lines = [];
  for (const part of said) {
    const last = lines.pop();
    const longer = last === undefined ? part : last + BETWEEN + part;
    if (last === undefined || measure(longer) <= width - 2 * MARGIN) lines.push(longer);
    else lines.push(last, part);
  }
  return lines;
}

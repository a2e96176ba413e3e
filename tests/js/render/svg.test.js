import assert from 'node:assert/strict';
import test from 'node:test';

import { SvgCanvas } from '../../../static/js/render/svg.js';

function canvas() {
  const made = new SvgCanvas('c');
  Object.assign(made, { width: 40, height: 20 });
  return made;
}

/** @param {SvgCanvas} made */
const body = (made) => made.file('T', 'A', 'sans-serif').split('\n').slice(4, -2);

test('a rectangle, a line and a text stand where a canvas would draw them', () => {
  const made = canvas();
  made.setTransform(2);
  made.fillStyle = '#012345';
  made.fillRect(1, 2, 3, 4);
  made.strokeStyle = 'rgb(1 2 3 / 50%)';
  made.setLineDash([3, 2]);
  made.beginPath();
  made.lineTo(0, 0);
  made.bezierCurveTo(1, 0, 1, 1, 2, 1);
  made.stroke();
  made.font = '600 15px Sans';
  made.textAlign = 'center';
  made.fillText('a < b & "c"\u0001', 5, 6);
  assert.deepEqual(body(made), [
    '<rect fill="#012345" x="2" y="4" width="6" height="8"/>',
    '<path fill="none" stroke="#010203" stroke-opacity="0.5" stroke-width="2" stroke-dasharray="6 4" d="M0 0C2 0 2 2 4 2"/>',
    '<text fill="#012345" x="10" y="12" font-size="30" font-weight="600" text-anchor="middle">a &lt; b &amp; &quot;c&quot;</text>',
  ]);
});

test('a clip lasts until it is restored, and so do all settings', () => {
  const made = canvas();
  made.globalAlpha = 0.5;
  made.save();
  made.rect(0, 0, 2, 2);
  made.clip('evenodd');
  made.globalAlpha = 1;
  made.fillRect(0, 0, 1, 1);
  made.restore();
  made.fillRect(1, 1, 1, 1);
  assert.deepEqual(body(made), [
    '<clipPath id="c-1"><path d="M0 0 2 0 2 2 0 2Z" clip-rule="evenodd"/></clipPath>',
    '<g clip-path="url(#c-1)">',
    '<rect fill="#000" x="0" y="0" width="1" height="1"/>',
    '</g>',
    '<rect fill="#000" fill-opacity="0.5" x="1" y="1" width="1" height="1"/>',
  ]);
});

test('holes that are cleared one after another are one mask over what was drawn before', () => {
  const made = canvas();
  made.clearRect(0, 0, 40, 20); // there is nothing yet
  made.fillRect(0, 0, 9, 9);
  made.clearRect(1, 1, 2, 2);
  made.clearRect(5, 5, 2, 2);
  made.fillRect(1, 1, 1, 1);
  const [mask, open, rect, close, above] = body(made);
  assert.equal(mask.match(/<rect/g).length, 3); // all, and two holes
  assert.match(open, /mask="url\(#c-1\)"/);
  assert.match(rect, /width="9"/);
  assert.equal(close, '</g>');
  assert.match(above, /width="1"/);
});

test('a piece of an image is squares of its colours, neighbours of one colour joined', () => {
  const data = [255, 0, 0, 255, 255, 0, 0, 255, 0, 0, 255, 255, 9, 9, 9, 255];
  const source = { width: 4, getContext: () => ({ getImageData: () => ({ data }) }) };
  const made = canvas();
  made.drawImage(source, 0, 0, 4, 1, 3, 4, 8, 5);
  assert.deepEqual(body(made), [
    '<g transform="translate(3 4) scale(2 5)" shape-rendering="crispEdges">',
    '<path fill="#ff0000" d="M0 0h2v1h-2z"/>',
    '<path fill="#0000ff" d="M2 0h1v1h-1z"/>',
    '<path fill="#090909" d="M3 0h1v1h-1z"/>',
    '</g>',
  ]);
  const small = canvas();
  small.drawImage(source, 0, 0, 4, 1, 0, 0, 2, 1); // no more squares than pixels they are seen in
  assert.equal(body(small).filter((line) => line.startsWith('<path')).length, 2);
});

test('another canvas is laid over all, and the file says what it is', () => {
  const [under, over] = [canvas(), new SvgCanvas('d')];
  over.fillText('above', 0, 0);
  under.drawImage(over, 0, 0);
  const text = under.file('A <title>', 'About', "Inter, 'Segoe UI'");
  assert.match(
    text,
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg xmlns="[^"]+" width="40" height="20" viewBox="0 0 40 20" role="img"/,
  );
  assert.match(text, /<title id="title">A &lt;title&gt;<\/title>/);
  assert.match(text, />above<\/text>/);
});

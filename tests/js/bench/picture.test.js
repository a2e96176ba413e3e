// Pictures that are given to a section: what a link says of them, what the server is asked, and which
// answer is shown.

import assert from 'node:assert/strict';
import test from 'node:test';
import { fromLink, toLink } from '../../../static/js/bench/link.js';
import { BOAT_PICTURE, picture, sampleDigit } from '../../../static/js/bench/picture.js';
import { createPictures } from '../../../static/js/bench/picture/reading.js';
import { drawingText } from '../../../static/js/input/written.js';
import '../english.js';

const WANTED = { side: 140, colour: true };
const STROKES = [
  {
    points: [
      [0.2, 0.3],
      [0.6, 0.8],
    ],
    width: 0.07,
    erase: false,
  },
];
const DRAWING = { from: 'drawing', strokes: STROKES };
const PAPER = { from: 'drawing', strokes: [] };
const FILE = { from: 'file', file: new Blob(['x'], { type: 'image/png' }), size: null };

const sectionOf = (first) => ({ name: 'made', fields: { picture: picture(first, WANTED) } });
const given = (section, link) => fromLink(link).of(section).given.picture;

test('a link says drawings, digits and the boat, and brings the same back', () => {
  const section = sectionOf(sampleDigit(8));
  for (const one of [BOAT_PICTURE, sampleDigit(0), sampleDigit(3), DRAWING, PAPER]) {
    const state = { given: { picture: one }, pinned: null };
    const link = toLink('made', [[section, state]], '');
    assert.deepEqual(given(section, link), one);
  }
});

test('a file stands in no link, nor does what it is at first', () => {
  const section = sectionOf(BOAT_PICTURE);
  for (const one of [FILE, BOAT_PICTURE])
    assert.equal(
      toLink('made', [[section, { given: { picture: one }, pinned: null }]], ''),
      'made',
    );
});

test('who comes with a drawing finds it given, unless the section begins with the boat', () => {
  const came = `v=1&drawing=${drawingText({ strokes: STROKES, file: null }, null)}`;
  assert.deepEqual(given(sectionOf(sampleDigit(8)), came), DRAWING);
  assert.deepEqual(given(sectionOf(sampleDigit(8)), `made&${came}&made.picture=3`), sampleDigit(3));
  assert.deepEqual(given(sectionOf(BOAT_PICTURE), came), BOAT_PICTURE);
  assert.deepEqual(given(sectionOf(sampleDigit(8)), 'v=1&drawing=pnonsense'), sampleDigit(8));
});

test('a drawing is posted as strokes, an empty pad as paper, a file as it is', async () => {
  const { numbers } = picture(BOAT_PICTURE, WANTED);
  const posted = async (one) => (await numbers(one)).matter.posted();
  const [url, { body, headers }] = await posted(DRAWING);
  assert.equal(url, 'api/pictures?side=140&colour=true');
  assert.equal(headers['Content-Type'], 'application/json');
  assert.deepEqual(JSON.parse(await body.text()), { strokes: STROKES });
  const [, paper] = await posted(PAPER);
  assert.deepEqual(Object.keys(JSON.parse(await paper.body.text())), ['pixels']);
  const [, file] = await posted(FILE);
  assert.equal(file.body, FILE.file);
  assert.equal(file.headers['Content-Type'], 'image/png');
});

/** A reader whose questions are answered by hand. */
function createByHand() {
  const asked = [];
  let listener = null;
  return {
    asked,
    reader: {
      asker(one) {
        listener = one;
        return { ask: (question) => asked.push(question) };
      },
    },
    answer(question, tensor) {
      listener.onAnswer({ tensors: new Map([['picture', tensor]]) }, question);
    },
  };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

test('a picture is asked about once; while a newer one is awaited, the latest known stands', async () => {
  const { reader, asked, answer } = createByHand();
  let news = 0;
  const { fields } = sectionOf(BOAT_PICTURE);
  const of = createPictures(reader, fields, { ready: () => (news += 1), onRefused: assert.fail });
  assert.deepEqual(of({ picture: DRAWING }), { latest: null, all: false });
  of({ picture: DRAWING });
  await turn();
  assert.equal(asked.length, 1);
  const [first, second] = [{ shape: [1, 2, 2] }, { shape: [1, 3, 3] }];
  answer(asked[0], first);
  assert.equal(news, 1);
  assert.deepEqual(of({ picture: DRAWING }), { latest: new Map([['picture', first]]), all: true });
  assert.deepEqual(of({ picture: FILE }), { latest: new Map([['picture', first]]), all: false });
  await turn();
  answer(asked[1], second);
  assert.deepEqual(of({ picture: FILE }), { latest: new Map([['picture', second]]), all: true });
  assert.equal(asked.length, 2);
});

test('a section without pictures waits for none', () => {
  const { reader } = createByHand();
  const of = createPictures(reader, {}, { ready: assert.fail, onRefused: assert.fail });
  assert.deepEqual(of({}), { latest: new Map(), all: true });
});

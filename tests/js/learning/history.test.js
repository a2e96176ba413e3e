// The time machine: where it stands, what its link says, and in which order it fetches.

import assert from 'node:assert/strict';
import test from 'node:test';
import { nearest, Past } from '../../../static/js/learning/history/past.js';
import { whereText } from '../../../static/js/learning/history/player.js';
import { answerOf } from '../../../static/js/learning/history/question.js';
import * as state from '../../../static/js/learning/history/state.js';
import '../english.js';

const STEPS = [0, 1, 2, 5, 10, 40];
const history = STEPS.map((step) => ({ step, sha256: `h${step}` }));
const judged = (step, share) => ({
  ...{ kind: 'evaluation', step, epoch: step / 10, seconds: 0, validation_accuracy: share },
});
const LINES = [judged(0, 0.1), { ...judged(1, 1), kind: 'step' }, judged(5, 0.7), judged(10, 0.95)];
const run = { id: 'shipped', title: 'LeNet', steps: 40, history, test_accuracy: 0.9924 };
const trained = { run, lines: LINES, title: 'LeNet', served: null };
const begun = { ...state.INITIAL, trained: [trained] };

test('beside another training the last moment counts that was kept at the same step or before', () => {
  assert.equal(state.placeAt(run, null), 5);
  for (let step = 0; step < 50; step++) {
    const kept = STEPS.filter((one) => one <= step);
    assert.equal(STEPS[state.placeAt(run, step)], kept.at(-1), `step ${step}`);
  }
});

test('a link says trainings and moment where they are not as at first, and is read again', () => {
  const page = 'http://here/learning?only=history';
  for (const looked of [
    { ids: ['shipped'], step: null, away: false },
    { ids: ['shipped'], step: 102, away: false },
    { ids: ['shipped', '20261129-120000-abcdef'], step: 0, away: false },
    { ids: ['mine'], step: null, away: true },
  ]) {
    const link = state.toLink(looked, page);
    assert.deepEqual(state.fromLink(new URL(link).search), looked);
    assert.ok(link.startsWith(page));
    assert.equal(state.toLink(state.fromLink(new URL(link).search), link), link);
  }
  const first = state.toLink({ ids: ['shipped'], step: null, away: false }, `${page}&moment=9`);
  assert.equal(first, page);
  assert.deepEqual(state.fromLink('?history=../x,Y&moment=-3'), {
    ...{ ids: ['shipped'], step: null, away: false },
  });
});

test('it says the step and how many were read right then, or the last time before', () => {
  const said = (step) => whereText({ ...begun, step });
  assert.match(said(10), /^Step 10 of 40: of images held out, 95\.0\s%/);
  assert.match(said(null), /^Step 40 of 40: .*95\.0\s% were read right after step 10$/);
  assert.match(said(2), /10\.0\s% were read right after step 0$/);
  const served = { title: 'LeNet', accuracy: 0.9963 };
  const away = { ...begun, trained: [{ ...trained, served }], away: true };
  assert.match(whereText(away), /99\.63\s%.*ended at 99\.24\s%/);
});

test('the first moment that reads nine of ten is found, or none', () => {
  assert.deepEqual(answerOf(trained), { place: 4, step: 10, share: 0.95 });
  assert.equal(answerOf({ ...trained, lines: LINES.slice(0, 3) }), null);
});

test('the moment that is looked at is fetched first, then its neighbours', () => {
  const moments = STEPS.map((step) => ({ id: 'run', sha256: `h${step}`, step }));
  assert.deepEqual(
    nearest(moments, 3).map(({ step }) => step),
    [...[5, 2, 10, 1, 40, 0]],
  );
});

test('what was asked about an earlier drawing is no answer, and a gradient is asked for beside', (t) => {
  const moments = STEPS.map((step) => ({ id: 'run', sha256: `h${step}`, step }));
  const asked = [];
  const heard = [];
  const reader = {
    asker: ({ onAnswer }) => ({
      ask: (question) => asked.push({ question, onAnswer }),
      forget() {},
      end() {},
    }),
  };
  const past = new Past(reader, moments, { onNews: () => heard.push(1), onRefused: assert.fail });
  t.after(() => past.end());
  const [one, other] = [{ strokes: [1] }, { strokes: [2] }];
  assert.equal(past.want(2, one, ''), true);
  assert.equal(past.want(2, one, ''), false);
  assert.equal(past.want(2, other, 'step?target=3'), true);
  assert.deepEqual(
    asked.map(({ question }) => question.what),
    ['trace', 'trace', 'step?target=3'],
  );
  assert.deepEqual(asked[0].question.network.weights(), 'h2');
  const [first] = asked;
  first.onAnswer({ tensors: new Map(), metadata: {} }, first.question);
  assert.equal(heard.length, 0);
  asked[1].onAnswer({ tensors: new Map(), metadata: {} }, asked[1].question);
  assert.equal(heard.length, 1);
  assert.equal(past.at(2), null, 'weights and gradient are missing');
});

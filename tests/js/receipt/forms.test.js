import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../../static/js/geometry/graph.js';
import { layout } from '../../../static/js/scene/layout.js';
import { code, table, words } from '../../../static/js/scene/receipt/forms.js';
import { formula } from '../../../static/js/scene/receipt/formula.js';
import { receipt } from '../../../static/js/scene/receipt/receipt.js';
import { madeUp } from '../generate.js';
import { GRAPH, LENET, LENET5, network } from '../specs.js';
import { networks, read, someCells, tamed, valueOf } from './witness.js';

const at = (layer, channel, row = 0, column = 0) => ({ layer, channel, row, column });
const lenet = createGraph(LENET);
const view = tamed(lenet, 3);

const RECEIPTS = [...networks(12)].flatMap(({ graph, trace, weights, seed }) =>
  [...someCells(graph, seed, 4)].flatMap((cell) => {
    const folded = layout(graph, { width: 1176, height: 540, dpr: 1, folded: seed % 2 === 1 });
    return [receipt(graph, { trace, weights }, cell, folded)];
  }),
);

test('words tell every kind in whole sentences, with nothing missing', () => {
  for (const made of RECEIPTS) {
    const said = words(made);
    assert.ok(said.length > 0, made.name);
    for (const { text, runs } of said) {
      assert.match(text, /^\S.*[.!?]$/, made.name);
      assert.doesNotMatch(
        text,
        /undefined|NaN|null|Infinity|\[object|  |\(\)|−0\.0+\b(?!\d)/,
        text,
      );
      assert.equal(runs.map((run) => run.text).join(''), text);
    }
    const all = said.map(({ text }) => text).join(' ');
    assert.ok(all.includes(made.valueText), `${made.name}: ${made.valueText} in ${all}`);
  }
});

test('the sums in words are the equations, line by line', () => {
  let count = 0;
  for (const made of RECEIPTS)
    for (const { how, items, total } of made.equations) {
      if (how !== 'sum') continue;
      const said = words(made).find(({ text }) => text.includes(` ${total.signedText}.`));
      assert.ok(said, `${made.name} ${total.signedText}`);
      const texts = words(made).flatMap(({ runs }) => runs.map(({ text }) => text));
      const apart = items.some(({ role }) => role === 'largest'); // it is subtracted
      if (items.length > 1 && !apart) assert.match(said.text, / and \S+ \(.* make /);
      for (const item of items)
        if (item.role !== 'largest')
          assert.ok(texts.includes(item.signedText), `${made.name} ${item.label}`);
      count++;
    }
  assert.ok(count > 200);
});

test('words answer the question that a receipt raises', () => {
  const { why } = receipt(lenet, view, at('conv2', 7, 7, 3));
  const said = words(receipt(lenet, view, at('conv2', 7, 7, 3))).at(-1);
  assert.deepEqual([said.role, said.text], ['why', `${why.title} ${why.text}`]);
});

test('words name the numbers that jump: each term with its cell', () => {
  const runs = words(receipt(lenet, view, at('pool1', 0, 7, 8))).flatMap(
    (paragraph) => paragraph.runs,
  );
  const cells = runs.map(({ cell }) => cell).filter(Boolean);
  assert.deepEqual(
    cells.slice(0, 4),
    [14, 15].flatMap((row) => [16, 17].map((column) => at('relu1', 0, row, column))),
  );
});

test('a folded activation goes on in the words and the formula of its source', () => {
  const folded = layout(lenet, { width: 1176, height: 540, dpr: 1, folded: true });
  const source = receipt(lenet, view, at('conv2', 7, 7, 3), folded);
  assert.ok(words(source).some(({ role, text }) => role === 'after' && text.startsWith('relu2 ')));
  const made = receipt(lenet, view, at('relu2', 7, 7, 3), folded);
  assert.ok(
    words(made).some(({ text }) => text.includes('150')) || words(made)[0].text.includes('5 × 5'),
  );
  assert.ok(formula(made).length > formula(receipt(lenet, view, at('relu2', 7, 7, 3))).length);
});

const nodes = (tree) => [tree, ...(tree.children ?? []).flatMap(nodes)];
const TAGS = new Set([
  'math',
  'mrow',
  'mi',
  'mn',
  'mo',
  'mtext',
  'msub',
  'msup',
  'munder',
  'munderover',
  'mfrac',
  'msqrt',
]);
const ARITY = { msub: 2, msup: 2, munder: 2, munderover: 3, mfrac: 2 };

test('formulas are well formed MathML, in symbols first and then with numbers', () => {
  for (const made of RECEIPTS) {
    const lines = formula(made);
    assert.equal(lines[0].role, 'symbolic', made.name);
    assert.ok(
      lines.some(({ role }) => role === 'numbers'),
      made.name,
    );
    for (const { math, text } of lines) {
      assert.equal(math.tag, 'math');
      assert.doesNotMatch(text, /undefined|NaN|null|\[object/, made.name);
      for (const { tag, children, text: leaf } of nodes(math)) {
        assert.ok(TAGS.has(tag), tag);
        assert.equal((children === undefined) !== (leaf === undefined), true);
        if (tag in ARITY) assert.equal(children.length, ARITY[tag]);
      }
    }
  }
});

test('the numbers in a formula are those of the equation, with its operators', () => {
  for (const made of RECEIPTS) {
    const lines = formula(made).filter(({ role }) => role === 'numbers');
    const sums = made.equations.filter(
      ({ how, role, items }) =>
        how === 'sum' &&
        role !== 'terms' &&
        !items.some(({ factors, role: of }) => of === 'ink' && factors),
    );
    for (const { items, total } of sums) {
      const expected = items.map(({ text }) => text);
      const found = lines.some(({ math }) => {
        const texts = nodes(math)
          .filter(({ tag }) => tag === 'mn')
          .map(({ text }) => text);
        return texts.join(' ') === [...expected, total.signedText].join(' ');
      });
      assert.ok(found, `${made.name}: ${expected.join(' ')}`);
    }
  }
});

test('the symbols of a convolution have the indices of this cell', () => {
  const [symbols, numbers, strongest] = formula(receipt(lenet, view, at('conv2', 7, 7, 3)));
  assert.equal(
    symbols.text,
    'conv2[7,7,3] = ∑ [i=0 to 5] ∑ [a=0 to 4] ∑ [b=0 to 4] pool1[i,7+a,3+b] · w[7,i,a,b] + b[7]',
  );
  assert.equal(numbers.role, 'numbers');
  assert.match(strongest.text, /^of which pool1 \[\d\]: .* · .* \+ 21 more \(/);
});

const numeric = ({ text }) => (text === '' ? 0 : read(text).units);
const LAST = { filter: 3, terms: 3, parts: 1, window: 1, scores: 3, image: 1 };

test('a table adds up as it is read: maps to their partial sums, these to the total', () => {
  let [subtotals, totals] = [0, 0];
  for (const made of RECEIPTS) {
    const column = made.mode === 'l2' ? 2 : LAST[made.diagram];
    if (column === undefined || made.mode === 'max') continue;
    const { rows } = table(made);
    let [part, sum] = [0, 0];
    for (const { role, cells } of rows) {
      if (role === 'fact') continue;
      const units = numeric(cells[column]);
      if (role !== 'subtotal' && role !== 'total') part += units;
      else
        assert.equal(role === 'total' ? part + sum : part, units, `${made.name} ${cells[0].text}`);
      if (role === 'subtotal') [part, sum] = [0, sum + units];
      const applied = made.diagram === 'window' || made.equation.how === 'quotient';
      if (role === 'subtotal' && applied) break; // what follows is a quotient or a root
      subtotals += role === 'subtotal' ? 1 : 0;
      totals += role === 'total' ? 1 : 0;
    }
  }
  assert.ok(subtotals > 100 && totals > 100, `${subtotals} ${totals}`);
});

test('every row of a table has a head and as many cells as there are columns; one row is the total', () => {
  for (const made of RECEIPTS)
    for (const most of [Infinity, 5]) {
      const { caption, columns, rows } = table(made, most);
      assert.ok(caption.startsWith(made.name));
      assert.ok(rows.length > 1);
      for (const { cells } of rows) {
        assert.equal(cells.length, columns.length, `${made.name}: ${cells[0].text}`);
        assert.equal(cells[0].header, true);
        assert.ok(cells[0].text.length > 0);
      }
      assert.equal(rows.filter(({ role }) => role === 'total').length, 1);
      assert.equal(rows.at(-1).role, 'total');
    }
});

test('the table of a root lists each cell, its square and their sum, and the words and formulas too', () => {
  const roots = [...networks(60)].flatMap(({ graph, trace, weights, seed }) =>
    graph.layer(graph.output).mode === 'l2'
      ? [...someCells(graph, seed)]
          .filter(({ layer }) => layer === 'layer')
          .map((cell) => receipt(graph, { trace, weights }, cell))
      : [],
  );
  assert.ok(roots.length > 20, String(roots.length));
  for (const made of roots) {
    const { columns, rows } = table(made);
    assert.deepEqual(
      columns.map(({ text }) => text),
      ['from', 'value', 'square'],
    );
    const [squares, root] = made.equations;
    for (const { role, cells } of rows.filter(({ cells: [head] }) => head.cell)) {
      if (role === 'total') continue;
      const { row, column, channel } = cells[0].cell;
      const index = [...made.values.keys()].find((tap) => {
        const cell = made.cellAt(tap);
        return cell?.row === row && cell.column === column && cell.channel === channel;
      });
      const value = made.values[index];
      assert.ok(Math.abs(valueOf(cells[1].text) - value) <= 1e-3 * Math.abs(value), made.name);
      const unit = Number(`1e${squares.digits.exponent - squares.digits.decimals}`);
      assert.ok(Math.abs(valueOf(cells[2].text) - value * value) <= 0.5001 * unit, made.name);
    }
    const said = words(made).map(({ text }) => text);
    assert.ok(
      said.some(
        (text) =>
          text.includes(`make ${squares.total.signedText}. `) ||
          text.includes(`makes ${squares.total.signedText}. `),
      ),
      said.join('\n'),
    );
    assert.ok(
      said.some((text) => text.includes(` is ${root.total.signedText}.`)),
      said.join('\n'),
    );
    const [symbols] = formula(made);
    assert.match(symbols.text, / = √\(∑ \[a=0 to \d\] ∑ \[b=0 to \d\] input\[.*\]\^\(2\)\)$/);
    assert.ok(formula(made).some(({ text }) => text.includes(`√(${squares.total.signedText})`)));
    assert.match(code(made), /\nvalue = np\.sqrt\(\(window \* window\)\.sum\(\)\)\n/);
  }
});

test('the table of a convolution lists every product in reading order', () => {
  const made = receipt(lenet, view, at('conv2', 7, 7, 3));
  const terms = table(made).rows.filter(({ role }) => role === 'term');
  assert.equal(terms.length, 150);
  assert.deepEqual(terms[26].cells[0].cell, at('pool1', 1, 7, 4));
  assert.equal(table(made, 100).rows.filter(({ role }) => role === 'subtotal').length, 6);
  assert.equal(table(made, 100).rows.filter(({ role }) => role === 'term').length, 0);
});

test('a table of many terms keeps to the strongest when asked to', () => {
  const made = receipt(lenet, view, at('fc1', 34));
  const all = table(made).rows.filter(({ role }) => role === 'term');
  assert.equal(all.length, made.above + made.below);
  const few = table(made, 10).rows.filter(({ role }) => role === 'term');
  assert.equal(few.length, 12);
  assert.match(few[5].cells[0].text, /^\d+ more above 0$/);
});

test('the running total of a dense table goes from the bias to the total', () => {
  const { rows } = table(receipt(lenet, view, at('fc1', 34)));
  let sum = 0;
  for (const { role, cells } of rows) {
    if (role === 'total' || role === 'fact') continue;
    sum += numeric(cells[3]);
    assert.equal(numeric(cells[4]), sum);
  }
  assert.equal(numeric(rows.at(-1).cells[3]), sum);
});

test('code loads the trace, names the arrays of its layer, and says what to expect', () => {
  for (const made of RECEIPTS) {
    const text = code(made);
    assert.match(text, /^# .*\nimport numpy as np\n\ndata = np\.load\("trace\.npz"\)/);
    assert.match(text, /\nprint\(f"\{value:\.9g\}/);
    assert.match(text, /\n# expected: \S+(?: here, \S+ in the engine)?\n$/);
    assert.equal(/\nprint\(f"\{engine:\.9g\}/.test(text), made.rounding !== null);
    assert.doesNotMatch(text, /undefined|NaN|null|−|\[object/, made.name);
    if (made.diagram === 'filter' || made.diagram === 'terms')
      assert.ok(text.includes(`data["${made.title}.weight"]`));
    const expected = Number(/expected: (\S+)/.exec(text)[1]);
    const exact = made.rounding?.exact ?? made.value;
    assert.ok(Math.abs(expected - exact) <= 1e-8 * Math.abs(exact));
  }
});

test('code pads where the layer does: with zeros for sums, with less than anything for the largest', () => {
  const graph = createGraph(GRAPH);
  const made = tamed(graph, 3);
  assert.match(
    code(receipt(graph, made, at('stem', 1, 0, 0))),
    /np\.pad\(x, .*constant_values=0\)/,
  );
  assert.doesNotMatch(code(receipt(lenet, view, at('conv2', 1))), /np\.pad/);
  const padded = { name: 'top', kind: 'pool', mode: 'max', kernel: 3, padding: 1 };
  const pooled = createGraph(network({ shape: [1, 4, 4], border: 0, layers: [padded] }));
  const corner = receipt(pooled, madeUp(pooled), at('top', 0));
  assert.match(code(corner), /np\.pad\(x, .*constant_values=-np\.inf\)/);
  const deep = createGraph(LENET5);
  assert.match(code(receipt(deep, tamed(deep, 3), at('f6', 1))), /\.ravel\(\)/);
});

test('all five forms exist while the weights are loading', () => {
  const made = receipt(lenet, { ...view, weights: null }, at('conv2', 7, 7, 3));
  assert.match(words(made)[0].text, /still loading/);
  assert.deepEqual(formula(made), []);
  assert.equal(table(made).rows.length, 1);
  assert.match(code(made), /np\.load/);
});

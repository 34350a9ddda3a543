import assert from 'node:assert/strict';
import test from 'node:test';
import { distanceToArc, isOutside, makeArc, pointAlong } from '../../../../src/twingraph/maps/script/logic/arcs.js';
import {
  crowdScale,
  edgeBoxes,
  freeBoxes,
  labelBoxes,
  leastCovering,
  overlaps,
  settleDots,
} from '../../../../src/twingraph/maps/script/logic/placement.js';
import { csvCell, csvTable, wrapText } from '../../../../src/twingraph/maps/script/logic/sheets.js';
import { createSvgPen } from '../../../../src/twingraph/maps/script/logic/svg_pen.js';

const dot = (id, x, y, r = 5) => ({ id, x, y, r, isGroup: false });
const view = { k: 1, w: 1000, h: 800 };

test('ten places on one spot can be seen one by one, near their spot', () => {
  const wanted = Array.from({ length: 10 }, (_, id) => dot(id, 100, 100));
  const settled = [...settleDots(wanted, view, true).values()];
  for (const [i, a] of settled.entries()) {
    assert.ok(Math.hypot(a.x - 100, a.y - 100) <= 26.01);
    for (const b of settled.slice(i + 1)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) > 1);
  }
  assert.deepEqual([...settleDots(wanted, view, true).values()], settled, 'the same picture each time');
});

test('a place alone stays on its spot, and crowded places are smaller', () => {
  const { x, y, r } = settleDots([dot(1, 40, 50)], view, true).get(1);
  assert.ok(Math.hypot(x - 40, y - 50) < 0.02);
  assert.equal(r, 5);
  assert.equal(crowdScale([dot(1, 0, 0), dot(2, 500, 0)]), 1);
  assert.ok(crowdScale(Array.from({ length: 50 }, (_, id) => dot(id, 0, 0))) < 0.5);
});

test('a label is free only inside the picture and off what is taken', () => {
  const boxes = labelBoxes({ x: 995, y: 400, r: 5 }, 60, 15);
  const free = freeBoxes(boxes, [], view, 1);
  assert.ok(free.length > 0 && free.every((box) => box.x + box.w <= 999));
  assert.ok(!free.includes(boxes[0]), 'there is no room to the right');
  assert.deepEqual(freeBoxes(boxes, [{ x: 0, y: 0, w: 1000, h: 800 }], view, 1), []);
});

test('where no box is free of places, the one that covers fewest is taken', () => {
  const box = (x) => ({ x, y: 0, w: 10, h: 10 });
  const discs = [
    { ...box(0), id: 1 },
    { ...box(2), id: 2 },
    { ...box(40), id: 3 },
  ];
  assert.deepEqual(leastCovering([box(1), box(39)], discs), box(39));
  assert.deepEqual(leastCovering([box(39), box(80)], discs, 3), box(39), 'its own place does not count');
  assert.equal(leastCovering([], discs), null);
  assert.ok(!overlaps(box(0), box(10)));
});

test('a label at the edge lies in the direction of what it names', () => {
  const [right] = edgeBoxes(5000, 0, 80, 22, view);
  assert.ok(right.x > 900 && Math.abs(right.y + 11 - 400) < 1);
  const [above] = edgeBoxes(0, -5000, 80, 22, view);
  assert.ok(above.y < 10);
});

test('an arc bends upward and its points run from end to end', () => {
  const arc = makeArc({ x: 0, y: 0, r: 3 }, { x: 100, y: 0, r: 3 }, 0);
  assert.ok(arc.cy < 0);
  assert.deepEqual(pointAlong(arc, 0), { x: 0, y: 0 });
  assert.deepEqual(pointAlong(arc, 1), { x: 100, y: 0 });
  assert.ok(distanceToArc(arc, 50, pointAlong(arc, 0.5).y) < 0.1);
  assert.equal(distanceToArc(arc, 50, 300, 5), Infinity);
  assert.ok(!isOutside(arc, view));
  assert.ok(isOutside(makeArc({ x: -90, y: 0 }, { x: -40, y: 0 }, 0), view));
});

test('arcs of one pair differ', () => {
  const [p, q] = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
  ];
  assert.notEqual(makeArc(p, q, 0.5).cy, makeArc(p, q, -0.5).cy);
});

test('a spreadsheet runs no cell as a formula', () => {
  for (const sign of ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t']) {
    assert.ok(csvCell(`${sign}HYPERLINK`).includes(`'${sign}`), sign);
  }
  assert.equal(csvCell('a "b", c'), '"a ""b"", c"');
  assert.equal(
    csvTable([
      ['x', null],
      [1, undefined],
    ]),
    '\ufeffx,\r\n1,\r\n',
  );
});

test('a title is broken at its words, and a word without end is cut', () => {
  const measure = (text) => text.length;
  assert.deepEqual(wrapText('one two three', 8, measure), ['one two', 'three']);
  const lines = wrapText(`a ${'x'.repeat(30)} b`, 10, measure);
  assert.ok(lines.every((line) => line.length <= 10));
  assert.equal(lines.join('').replaceAll(' ', ''), `a${'x'.repeat(30)}b`);
});

test('the pen of a drawing escapes names and closes its groups', () => {
  const pen = createSvgPen(() => ({ width: 1 }));
  pen.font = '600 17px sans-serif';
  pen.save();
  pen.translate(1.234567, 2);
  pen.fillText('<b>&\u0001', 0, 0);
  pen.restore();
  const svg = pen.elements.join('');
  assert.ok(svg.startsWith('<g transform="translate(1.23 2)">') && svg.endsWith('</g>'));
  assert.ok(svg.includes('font-size="17" font-weight="600"') && svg.includes('&#60;b&#62;&#38;</text>'));
});

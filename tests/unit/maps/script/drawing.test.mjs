import assert from 'node:assert/strict';
import test from 'node:test';
import { distanceToArc, isOutside, makeArc, pointAlong } from '../../../../src/twingraph/maps/script/logic/arcs.js';
import {
  crowdScale,
  edgeBoxes,
  fanSpots,
  freeBoxes,
  labelBoxes,
  leastCovering,
  overlaps,
  placeDots,
} from '../../../../src/twingraph/maps/script/logic/placement.js';
import { csvCell, csvTable, wrapText } from '../../../../src/twingraph/maps/script/logic/sheets.js';
import { createSvgPen } from '../../../../src/twingraph/maps/script/logic/svg_pen.js';

const dot = (id, x, y, r = 5, kind = 'partner') => ({ id, x, y, r, class: kind });
const view = { k: 1, w: 1000, h: 800 };

test('no dot leaves its true spot, however many are on it: those that would be covered are gathered', () => {
  const wanted = [...Array.from({ length: 10 }, (_, id) => dot(id, 100, 100)), dot(10, 104, 100), dot(11, 300, 300)];
  const placed = placeDots(wanted, 1);
  for (const { id, x, y } of wanted) assert.deepEqual([placed.get(id).x, placed.get(id).y], [x, y]);
  assert.deepEqual(placed.get(0).members, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.equal(placed.get(10).leader, 0);
  assert.deepEqual([placed.get(11).leader, placed.get(11).members], [null, null]);
});

test('of dots that cover each other the first leads, and home is not gathered with partners', () => {
  const placed = placeDots([dot(1, 0, 0, 5, 'home'), dot(2, 2, 0), dot(3, 3, 0)], 1);
  assert.equal(placed.get(1).members, null);
  assert.deepEqual(placed.get(2).members, [2, 3]);
});

test('dots that only touch stay apart, and a cluster takes what its larger ring covers', () => {
  assert.equal(placeDots([dot(1, 0, 0), dot(2, 7, 0)], 1).get(2).leader, null);
  assert.deepEqual(placeDots([dot(1, 0, 0), dot(2, 7, 0), dot(3, 1, 0)], 1).get(1).members, [1, 3, 2]);
});

test('a cluster of very many is still one, and every place is in it once', () => {
  const placed = placeDots(
    Array.from({ length: 3000 }, (_, id) => dot(id, (id % 60) * 2, Math.floor(id / 60) * 2)),
    1,
  );
  const all = [...placed.values()];
  const gathered = all.flatMap(({ id, leader, members }) => members ?? (leader === null ? [id] : []));
  assert.deepEqual(
    gathered.toSorted((a, b) => a - b),
    all.map(({ id }) => id),
  );
  for (const { leader } of all) if (leader !== null) assert.equal(placed.get(leader).leader, null);
});

test('the places of a fan can be seen one by one, inside the picture', () => {
  for (const count of [2, 7, 40]) {
    const { spots, reach, x, y } = fanSpots(count, { x: 5, y: 790, r: 8 }, view);
    assert.equal(spots.length, count);
    for (const [i, a] of spots.entries()) {
      assert.ok(a.x > 7 && a.y < 793 && Math.hypot(a.x - x, a.y - y) <= reach - 7);
      for (const b of spots.slice(i + 1)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) > 16);
    }
  }
});

test('crowded places are smaller', () => {
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

import assert from 'node:assert/strict';
import test from 'node:test';
import { arrangeInset, fitSpots, isCrowded } from '../../../../src/twingraph/maps/script/logic/insets.js';

const box = [0, 0, 200, 240]; // an oblast, in km
const home = [
  [40, 60],
  [150, 200],
];
const europe = [...home, [-2000, -600], [-1500, 700], [1100, 500], [-900, -1300]];
const desk = { w: 850, h: 700 };
const phone = { w: 390, h: 560 };
const toScreen = ({ k, x, y }, stage, [px, py]) => [stage.w / 2 + (px - x) * k, stage.h / 2 + (py - y) * k];
const covers = (rect, [x, y]) => x > rect.x && x < rect.x + rect.w && y > rect.y && y < rect.y + rect.h;

for (const [name, stage] of Object.entries({ desk, phone, wide: { w: 1170, h: 900 } })) {
  test(`the inset covers no place of the first view, and every place is in sight (${name})`, () => {
    const { rect, first } = arrangeInset(box, europe, stage, 2);
    for (const spot of europe) {
      const [x, y] = toScreen(first, stage, spot);
      assert.ok(!covers(rect, [x, y]));
      assert.ok(x > 0 && x < stage.w && y > 0 && y < stage.h);
    }
    assert.ok(rect.x >= 0 && rect.y >= 0 && rect.x + rect.w <= stage.w && rect.y + rect.h <= stage.h);
  });

  test(`all of home is in the inset, much larger than on the map (${name})`, () => {
    const { rect, k, tx, ty, first } = arrangeInset(box, europe, stage, 2);
    for (const [x, y] of [box.slice(0, 2), box.slice(2)]) {
      assert.ok(x * k + tx >= 0 && x * k + tx <= rect.w && y * k + ty >= 0 && y * k + ty <= rect.h);
    }
    assert.ok(k > 3 * first.k);
  });
}

test('partners all over the world leave no corner free: the inset has a side of its own', () => {
  const everywhere = Array.from({ length: 400 }, (_, i) => [(i % 20) * 900 - 9000, Math.floor(i / 20) * 700 - 7000]);
  const { rect, first } = arrangeInset(box, [...home, ...everywhere], desk, 2);
  for (const spot of everywhere) assert.ok(!covers(rect, toScreen(first, desk, spot)));
});

test('a map that shows home nearly as large needs no inset', () => {
  assert.equal(arrangeInset(box, home, desk, 2), null);
  assert.equal(arrangeInset([-900, -500, 900, 600], europe, desk, 2), null);
});

test('only places that are hard to distinguish need an inset', () => {
  assert.ok(isCrowded(europe, 0.1));
  assert.ok(!isCrowded(europe, 1));
  assert.ok(!isCrowded([], 1));
});

test('a view of some places holds them, with room for names', () => {
  const view = fitSpots(europe, desk, 2);
  for (const spot of europe) {
    const [x, y] = toScreen(view, desk, spot);
    assert.ok(x >= 40 && x <= desk.w - 40 && y >= 40 && y <= desk.h - 40);
  }
  assert.equal(fitSpots([[5, 5]], desk, 2).k, 2);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import {
  countByStep,
  isUndated,
  passesYear,
  yearRange,
  yearSteps,
} from '../../../../src/twingraph/maps/script/logic/years.js';

const NOW = 2026;
const make = (facts) => ({ status: 'active', from: null, to: null, ...facts });
const shownIn = (facts, years, undated = false) => years.map((year) => passesYear(make(facts), { year, undated }, NOW));

test('the range of years ends at the day of the data, or with a plan beyond it', () => {
  const dated = [make({ from: 2000 }), make({ from: 2027 }), make({ from: 1990, to: 2000 })];
  assert.deepEqual(yearRange(dated, '2026-11-23'), { first: 1990, last: 2027, now: 2026, dated: [1990, 2000, 2027] });
  assert.equal(yearRange(dated.slice(0, 1), '2026-11-23').last, 2026);
  assert.equal(yearRange([make({})], '2026'), null);
});

test('a year shows what had begun and not ended, and an end known to the year counts through it', () => {
  assert.deepEqual(shownIn({ from: 2000, to: 2010, status: 'terminated' }, [1999, 2000, 2010, 2011]), [
    false,
    true,
    true,
    false,
  ]);
  assert.deepEqual(shownIn({ from: 2000 }, [1999, 2026]), [false, true]);
});

test('a partnership without a year is in no year until the reader asks for those', () => {
  assert.deepEqual(shownIn({}, [1958, 2026]), [false, false]);
  assert.deepEqual(shownIn({}, [1958, 2026], true), [true, true]);
  assert.ok(passesYear(make({}), { year: null, undated: true }, NOW));
  assert.ok(!passesYear(make({}), { year: null, undated: false }, NOW));
});

test('what has certainly ended is never shown later, whoever asks for those without a year', () => {
  assert.deepEqual(shownIn({ to: 2010, status: 'terminated' }, [2010, 2011], true), [true, false]);
  const endedSomeTime = { from: 1990, status: 'terminated' };
  assert.ok(isUndated(make(endedSomeTime)), 'its end is not dated');
  assert.deepEqual(shownIn(endedSomeTime, [1989, 2000, 2026], true), [false, true, false]);
  assert.deepEqual(shownIn(endedSomeTime, [2000]), [false]);
});

test('a plan is not in a past year, and a suspended partnership has not ended', () => {
  assert.deepEqual(shownIn({ status: 'planned', from: 2020 }, [2021, 2025, 2026]), [false, false, true]);
  assert.deepEqual(shownIn({ status: 'planned' }, [1958, 2026], true), [false, true]);
  assert.deepEqual(shownIn({ status: 'suspended', from: 2000, to: 2022 }, [1999, 2023]), [false, true]);
});

test('the slider has every year since 1990, also on a phone, and decades before where there are many', () => {
  const long = yearSteps({ first: 1958, last: 2026 });
  assert.deepEqual(long.slice(0, 2), [
    { from: 1958, to: 1959 },
    { from: 1960, to: 1969 },
  ]);
  assert.deepEqual(long.at(-37), { from: 1990, to: 1990 });
  assert.equal(yearSteps({ first: 1985, last: 2026 }).length, 42);
});

test('bars count what began and what ended, and no plan and no end to come', () => {
  const steps = yearSteps({ first: 2019, last: 2030 });
  const ties = [
    make({ from: 2019, to: 2022, status: 'terminated' }),
    make({ from: 2019, to: 2030 }),
    make({ from: 2020, status: 'planned' }),
    make({ from: 2021, to: 2022, status: 'suspended' }),
    make({ from: 2028 }),
    make({}),
  ];
  const counts = Object.fromEntries(steps.map(({ from }, i) => [from, countByStep(ties, steps, NOW)[i]]));
  assert.deepEqual(
    [counts[2019], counts[2020], counts[2021], counts[2022]],
    [
      { begun: 2, ended: 0 },
      { begun: 0, ended: 0 },
      { begun: 1, ended: 0 },
      { begun: 0, ended: 1 },
    ],
  );
  assert.deepEqual([counts[2028], counts[2030]], Array(2).fill({ begun: 0, ended: 0 }));
});

// Years: which partnerships are shown for a year, the steps of the slider, how many began and ended in each.
import { statusOf } from './kinds.js';

const BY_YEAR_SINCE = 1990; // the slider has a step for each year from here on, and for each decade before
const MOST_YEARS = 50; // so many years have a step each, whenever they begin

/**
 * @param {Array<{from: ?number, to: ?number}>} ties Partnerships.
 * @param {?string} dataDate The day of the data, ISO.
 * @returns {?{first: number, last: number, now: number, dated: number[]}} The years that can be chosen, the year of the
 *   data and those in which something begins or ends; null where nothing is dated.
 */
export function yearRange(ties, dataDate) {
  const dated = [...new Set(ties.flatMap((tie) => [tie.from, tie.to]).filter((year) => year !== null))];
  if (!dated.length) return null;
  dated.sort((a, b) => a - b);
  const now = dataDate ? Number(dataDate.slice(0, 4)) : dated.at(-1);
  return { first: dated[0], last: Math.max(dated.at(-1), now), now, dated };
}

/**
 * Whether the sources leave open in which years a partnership was in force: they do not date its beginning, or they
 * report that it ended and do not date that.
 *
 * @param {object} tie The partnership.
 * @returns {boolean} Whether it has no year.
 */
export function isUndated(tie) {
  return tie.from === null || (statusOf(tie) === 'terminated' && tie.to === null);
}

/**
 * Whether a partnership is shown for the chosen year: as far as sources report, it had begun and had not ended before
 * the year began. An end known to the year counts through that year. A suspended one has not ended.
 *
 * @param {object} tie The partnership.
 * @param {object} chosen The choice.
 * @param {?number} chosen.year The year, or null for all.
 * @param {boolean} chosen.undated Whether those without a year are shown too.
 * @param {number} now The year of the data: a plan is shown from then on only.
 * @returns {boolean} Whether it is shown.
 */
export function passesYear(tie, { year, undated }, now) {
  if (isUndated(tie) && !undated) return false;
  if (year === null) return true;
  const status = statusOf(tie);
  if (tie.from !== null && tie.from > year) return false;
  if (status === 'planned' && year < now) return false;
  if (status === 'suspended') return true;
  if (status === 'terminated' && tie.to === null) return year < now;
  return tie.to === null || tie.to >= year;
}

/**
 * @param {{first: number, last: number}} years From `yearRange`.
 * @returns {Array<{from: number, to: number}>} The steps of the slider: a decade each before 1990, then a year each.
 *   Choosing a step chooses its last year.
 */
export function yearSteps({ first, last }) {
  const steps = [];
  let from = first;
  const isLong = last - first >= MOST_YEARS;
  while (from <= last) {
    const to = isLong && from < BY_YEAR_SINCE ? Math.min(from - (from % 10) + 9, last) : from;
    steps.push({ from, to });
    from = to + 1;
  }
  return steps;
}

/**
 * @param {object[]} ties Partnerships.
 * @param {Array<{from: number, to: number}>} steps From `yearSteps`.
 * @param {number} now The year of the data.
 * @returns {Array<{begun: number, ended: number}>} How many began and how many ended in each step. A plan has not
 *   begun, and what may end later has not ended.
 */
export function countByStep(ties, steps, now) {
  const counts = steps.map(() => ({ begun: 0, ended: 0 }));
  const at = new Map(
    steps.flatMap(({ from, to }, i) => Array.from({ length: to - from + 1 }, (_, n) => [from + n, i])),
  );
  const add = (year, what) => at.has(year) && (counts[at.get(year)][what] += 1);
  for (const tie of ties) {
    const status = statusOf(tie);
    if (status !== 'planned' && tie.from <= now) add(tie.from, 'begun');
    if (status === 'terminated' || (status !== 'suspended' && tie.to < now)) add(tie.to, 'ended');
  }
  return counts;
}

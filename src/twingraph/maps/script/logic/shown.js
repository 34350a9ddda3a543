// What is shown now: the one place that decides which partnerships and records the choices leave. Everything that
// counts, draws, lists or saves starts from it.
import { isUnfiltered, passesFilters } from './choices.js';
import { passesYear } from './years.js';

/**
 * @param {object} chosen The choices: `kinds`, `statuses`, `countries`, `year`, `undated`.
 * @param {object} network The network: `ties`, `endsOf`, `isWorld`.
 * @param {object} context Context.
 * @param {object[]} context.arrows The records of all layers.
 * @param {object[]} context.places All places, by id.
 * @param {?number} context.now The year of the data; null where nothing is dated.
 * @returns {{ties: object[], arrows: Set<object>}} The partnerships that pass the filters, and the records of layers
 *   that do, whether their layer is switched on or not.
 */
export function findShown(chosen, network, { arrows, places, now }) {
  const { ties } = network;
  return {
    ties: isUnfiltered(chosen) ? ties : tiesOfAllYears(chosen, network).filter((tie) => passesYear(tie, chosen, now)),
    arrows: new Set(arrows.filter((arrow) => passesArrow(arrow, chosen, places))),
  };
}

/**
 * @param {object} chosen The choices.
 * @param {object} network The network.
 * @returns {object[]} The partnerships that pass all filters but that by year.
 */
export function tiesOfAllYears(chosen, { ties, endsOf, isWorld }) {
  return ties.filter((tie) => passesFilters(tie, chosen, endsOf(tie), isWorld));
}

/**
 * Whether a record of a layer passes the filters that can be said of it: by country, that of its end outside the scope
 * or of either end; by year, once it had begun and until it ended. It has no kind or status of a partnership.
 *
 * @param {object} arrow The record.
 * @param {object} chosen The choices.
 * @param {object[]} places All places, by id.
 * @returns {boolean} Whether it is shown.
 */
export function passesArrow(arrow, { countries, year, undated }, places) {
  const [from, to] = [arrow.since, arrow.until].map((day) => (day ? Number(day.slice(0, 4)) : null));
  if (from === null && !undated) return false;
  if (year !== null && ((from !== null && from > year) || (to !== null && to < year))) return false;
  if (!countries.size) return true;
  const ends = [places[arrow.a], places[arrow.b]];
  const away = ends.filter((end) => !end.home);
  return (away.length ? away : ends).some((end) => countries.has(end.country));
}

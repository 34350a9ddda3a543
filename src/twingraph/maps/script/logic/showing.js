// What is shown now, in words: which filters are set and how much they leave.
import { KINDS, STATUSES, kindOf, statusOf } from './kinds.js';
import { countTies } from './headline.js';

/**
 * @param {object[]} ties All partnerships of the page.
 * @param {object[]} shown Those that pass the filters.
 * @param {object} data The page's data: `counts` and `scope`.
 * @param {object[]} places All places, by id.
 * @returns {object} The counts of what is shown, as `countTies` has them.
 */
export function countShown(ties, shown, data, places) {
  return shown.length === ties.length ? data.counts : countTies(shown, places, data.scope.everywhere);
}

/**
 * Name the filters that are set: "kind: Twin towns; status: in force; country: Poland; as of 2015".
 *
 * @param {object} chosen The choices.
 * @param {object[]} ties All partnerships of the page.
 * @param {object} words From `createWords`.
 * @returns {string} The filters; empty where none is set.
 */
export function nameFilters(chosen, ties, { t, country }) {
  const left = (all, keyOf, hidden) => {
    const found = new Set(ties.map(keyOf));
    const present = all.filter((each) => found.has(each));
    return present.some((each) => hidden.has(each)) ? present.filter((each) => !hidden.has(each)) : [];
  };
  const list = (key, names) => names.length > 0 && t(key, { names: names.join(', ') });
  const kinds = left(KINDS, kindOf, chosen.kinds).map((kind) => t(`kind_${kind}`));
  const statuses = left(STATUSES, statusOf, chosen.statuses).map((status) => t(`status_${status}`));
  return [
    list('filter_kind', kinds),
    list('filter_status', statuses),
    list('filter_country', [...chosen.countries].map(country)),
    chosen.year !== null && t('years_at', { year: String(chosen.year) }),
    !chosen.undated && t('filter_dated'),
  ]
    .filter(Boolean)
    .join('; ');
}

/**
 * @param {string} filters From `nameFilters`.
 * @param {number} shown Number of partnerships that are shown.
 * @param {number} all Number of all partnerships of the page.
 * @param {object} words From `createWords`.
 * @returns {string} A sentence that names the filters and what they leave; empty where all is shown without a filter.
 */
export function describeFilters(filters, shown, all, { t, number }) {
  if (!filters && shown === all) return '';
  const counted = t('filtered_shown', { n: all, shown: number(shown) });
  return t('filtered', { what: [filters, counted].filter(Boolean).join('; ') });
}

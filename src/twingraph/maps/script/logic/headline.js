// How many partnerships are shown and who has a partner, and the sentence that says so. As `counting.py` and
// `texts.py`: the title of the file and that of a filtered page follow one set of rules.
import { STATUSES, statusOf } from './kinds.js';

/** Sorts of place that are counted apart, in the order in which a headline names them. */
const SORTS = ['hromada', 'municipality', 'raion', 'county', 'metropolis', 'region', 'country'];
/** Kinds of place that are kept as municipalities and consist of several. */
const LARGER = ['raion', 'county'];
/** A place with a partnership of one of these statuses has a partner. */
const HAS_PARTNER = ['active', 'unknown'];
/** Types of scope whose partners lie outside it; a map of their partners' partners has everything at home. */
const SCOPES_WITH_PARTNERS = ['region', 'country', 'municipality', 'metropolis'];

function sortOf({ type, kind, hromada }) {
  if (type !== 'municipality') return type;
  if (hromada !== undefined) return 'hromada';
  return LARGER.includes(kind) ? kind : 'municipality';
}

/**
 * Count partnerships: those of the page, or those that pass its filters.
 *
 * @param {object[]} ties Partnerships with `a`, `b` and `status`.
 * @param {object[]} places All places of the page, by id.
 * @param {?boolean} isEverywhere Whether all places are at home: `data.scope.everywhere`.
 * @returns {object} `partnerships`; `statuses` (number by status, without zeros); `foreign`, `domestic` and
 *   `unknown_country`; `countries` (of the foreign partners) and `domestic_countries`; `with_partner` (number of
 *   places by sort, without zeros).
 */
export function countTies(ties, places, isEverywhere) {
  const statuses = new Map();
  const where = { foreign: 0, domestic: 0, unknown_country: 0 };
  const [countries, domesticCountries] = [new Set(), new Set()];
  const withPartner = new Map(SORTS.map((sort) => [sort, new Set()]));
  const isHome = (place) => isEverywhere || Boolean(place.home);
  for (const tie of ties) {
    const ends = [places[tie.a], places[tie.b]];
    const [one, other] = ends;
    const status = statusOf(tie);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (!one.country || !other.country) where.unknown_country += 1;
    else if (one.country === other.country) {
      where.domestic += 1;
      domesticCountries.add(one.country);
    } else {
      where.foreign += 1;
      const areAlike = isHome(one) === isHome(other);
      for (const end of ends) if (areAlike || !isHome(end)) countries.add(end.country);
    }
    const isInside = one.hromada !== undefined && one.hromada === other.hromada;
    if (!HAS_PARTNER.includes(status) || one === other || isInside) continue;
    for (const end of ends.filter(isHome)) withPartner.get(sortOf(end)).add(end.hromada ?? end.key);
  }
  const known = (keys, countOf) => Object.fromEntries(keys.map((key) => [key, countOf(key)]).filter(([, n]) => n));
  return {
    partnerships: ties.length,
    statuses: known(STATUSES, (status) => statuses.get(status)),
    ...where,
    countries: countries.size,
    domestic_countries: domesticCountries.size,
    with_partner: known(SORTS, (sort) => withPartner.get(sort).size),
  };
}

/**
 * Word the number of partnerships, by status: "39 partnerships (34 in force, 3 planned, 1 suspended, 1 ended)".
 *
 * @param {object} counts From `countTies`; at least one partnership.
 * @param {function(string, object): string} t Words a text of the catalogue.
 * @returns {string} The text.
 */
export function tiesInWords({ partnerships, statuses }, t) {
  const found = Object.entries(statuses);
  if (found.length === 1) return t(`ties_${found[0][0]}`, { n: partnerships });
  const parts = found.map(([status, n]) => t(`ties_part_${status}`, { n })).join(', ');
  return t('ties_by_status', { ties: t('n_ties', { n: partnerships }), parts });
}

/**
 * Word the foreign and the domestic ones: " with 12 countries", ": 35 with 12 countries, 4 inside one country".
 *
 * @param {object} counts From `countTies`.
 * @param {boolean} isEverywhere Whether both ends are at home, so that countries are joined with each other.
 * @param {function(string, object): string} t Words a text of the catalogue.
 * @returns {string} The text, with what joins it to the number of partnerships.
 */
export function countriesInWords(counts, isEverywhere, t) {
  const { foreign, domestic, unknown_country: unknown, countries, domestic_countries: inside } = counts;
  const found = [
    foreign && [t(isEverywhere ? 'between_countries' : 'with_countries', { n: countries }), foreign],
    domestic && [inside > 1 ? t('inside_countries', { n: inside }) : t('domestic'), domestic],
    unknown && [t('with_unknown_country'), unknown],
  ].filter(Boolean);
  if (found.length === 1) return ` ${found[0][0]}`;
  return `: ${found.map(([where, n]) => t('n_where', { n, where })).join(', ')}`;
}

/**
 * Word who has a partner: "9 hromadas, 1 raion".
 *
 * @param {object} counts From `countTies`.
 * @param {function(string, object): string} t Words a text of the catalogue.
 * @returns {string} The text; empty where nobody has one.
 */
export function partneredInWords({ with_partner: found }, t) {
  const key = (sort) => (sort === 'municipality' && found.hromada ? 'sort_other_municipality' : `sort_${sort}`);
  return Object.entries(found)
    .map(([sort, n]) => t(key(sort), { n }))
    .join(', ');
}

/**
 * Describe the scope of a page for its headline.
 *
 * @param {object} data The page's data.
 * @param {object} words From `createWords`.
 * @returns {object} What `headline` takes as `about`.
 */
export function describeScope(data, words) {
  const { type, everywhere: isEverywhere = false } = data.scope;
  const isDeeper = isEverywhere && SCOPES_WITH_PARTNERS.includes(type);
  return {
    scope: isDeeper ? words.t('title_deeper', { scope: words.scope() }) : words.scope(),
    isEverywhere,
    isOnePlace: type === 'municipality' && !isEverywhere,
    applications: data.arrows.filter((arrow) => arrow.type === 'sought').length,
  };
}

/**
 * Word a headline in two parts, which together are one sentence: "Zhytomyr oblast: 39 partnerships (…)" and ": 35 with
 * 12 countries, 4 inside one country; with a partner: 9 hromadas, 1 raion".
 *
 * @param {object} counts From `countTies`.
 * @param {object} about The scope.
 * @param {string} about.scope Its name.
 * @param {boolean} about.isEverywhere Whether all places are at home: `data.scope.everywhere`.
 * @param {boolean} about.isOnePlace Whether it is one municipality, so that nobody asks who has a partner.
 * @param {number} about.applications Applications for a partner, named where there is no partnership.
 * @param {function(string, object): string} t Words a text of the catalogue.
 * @returns {string[]} How many by status; where they lead and who has a partner.
 */
export function headlineParts(counts, { scope, isEverywhere, isOnePlace, applications }, t) {
  if (!counts.partnerships) {
    const sought = applications ? t('title_sought', { n: applications }) : '';
    return [t('title_none', { scope, sought }), ''];
  }
  const who = isOnePlace ? '' : partneredInWords(counts, t);
  const rest = countriesInWords(counts, isEverywhere, t) + (who && t('title_who', { who }));
  return [t('title', { scope, counts: tiesInWords(counts, t) }), rest];
}

/**
 * Word a headline; parameters as for `headlineParts`.
 *
 * @param {object} counts From `countTies`.
 * @param {object} about The scope, from `describeScope`.
 * @param {function(string, object): string} t Words a text of the catalogue.
 * @returns {string} The headline.
 */
export function headline(counts, about, t) {
  return headlineParts(counts, about, t).join('');
}

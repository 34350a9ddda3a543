// Words in two languages: the catalogue, names of places, numbers and dates.

/** Letters and marks that run from right to left, as in `texts.py`. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const TITLE_LETTERS = 120;
const LOCALES = { en: 'en-GB', uk: 'uk-UA' };
const OBLAST_IN_NAME = /oblast|область|city|місто|crimea|крим|republic|республіка/i;

/**
 * @param {string} text A text.
 * @param {number} most Letters that it may have.
 * @returns {string} The text, cut with an ellipsis where it is longer.
 */
export function shorten(text, most = 60) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/**
 * @param {string} name A name.
 * @returns {string} The name between marks that keep its direction inside it.
 */
export function isolate(name) {
  return `\u2068${name}\u2069`;
}

/**
 * Create the words of a page.
 *
 * @param {object} data The page's data: `texts`, `lang`, `countries`, `regions`, `scope`.
 * @returns {object} The functions that word things in the current language, which `setLanguage` changes.
 */
export function createWords(data) {
  let lang = data.lang;
  const plurals = { en: new Intl.PluralRules('en'), uk: new Intl.PluralRules('uk') };
  const formats = new Map(); // costly to construct: one for each language and set of options

  function format(Kind, options) {
    const key = `${Kind.name}${lang}${JSON.stringify(options)}`;
    if (!formats.has(key)) formats.set(key, new Kind(LOCALES[lang], options));
    return formats.get(key);
  }
  const number = (n) => format(Intl.NumberFormat, {}).format(n);
  const has = (key) => key in data.texts[lang];

  function t(key, values = {}) {
    let text = data.texts[lang][key];
    if (text === undefined) return key.replace(/^[a-z]+_/, '').replaceAll('_', ' ');
    if (typeof text === 'object') text = text[plurals[lang].select(values.n ?? 0)] ?? text.other;
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
      if (!(name in values)) return whole;
      return typeof values[name] === 'number' ? number(values[name]) : values[name];
    });
  }

  function pick(names) {
    if (!names) return '';
    return (lang === 'uk' ? names.uk || names.local || names.en : names.en || names.local || names.uk) || '';
  }
  function regionName(names, code) {
    const plain = pick(names) || code;
    const isBare = code.startsWith('UA-') && names && !OBLAST_IN_NAME.test(plain);
    return isBare ? t('oblast_name', { name: plain }) : plain;
  }
  // As `within` in texts.py.
  function within(name) {
    const cut = shorten(name, TITLE_LETTERS);
    return RIGHT_TO_LEFT.test(cut) ? isolate(cut) : cut;
  }
  function scope() {
    const { n, type, key } = data.scope;
    if (!n || !Object.keys(n).length) return t('title_world');
    return within(type === 'region' ? regionName(n, key) : pick(n));
  }

  // A day, a month or a year: never more exact than the source.
  function date(iso) {
    if (!iso) return '';
    const [year, month, day] = iso.split('-').map(Number);
    if (!month) return String(year);
    const options = { year: 'numeric', month: 'long', timeZone: 'UTC', ...(day ? { day: 'numeric' } : {}) };
    const written = format(Intl.DateTimeFormat, options).format(new Date(Date.UTC(year, month - 1, day || 1)));
    return written.replace(/\s*р\.$/, '');
  }
  // The date as it follows a preposition: "від листопада 2022 року" takes the genitive in Ukrainian.
  function genitiveDate(iso) {
    const [year, month, day] = (iso || '').split('-').map(Number);
    if (!month) return year ? t('date_of', { date: String(year) }) : '';
    if (lang !== 'uk') return date(iso);
    const whole = format(Intl.DateTimeFormat, { month: 'long', day: 'numeric', timeZone: 'UTC' });
    const name = whole
      .formatToParts(new Date(Date.UTC(year, month - 1, day || 1)))
      .find((part) => part.type === 'month');
    return t('date_of', { date: `${day ? `${day} ` : ''}${name.value} ${year}` });
  }
  function span({ since, until }) {
    if (since && until) return t('period', { since: date(since), until: date(until) });
    if (since) return t('from', { since: genitiveDate(since) });
    return until ? t('ended_on', { until: genitiveDate(until) }) : t('since_unknown');
  }

  function host(source) {
    if (source.publisher) return source.publisher;
    try {
      return new URL(source.url).hostname.replace(/^www\./, '');
    } catch {
      return source.title || t('unstated_source');
    }
  }
  // Titles of the bundled datasets are translated; any other title is shown as its publisher wrote it.
  function sourceTitle(source) {
    const key = `dataset_${(source.title || '').toLowerCase().replace(/\W+/g, '_')}`;
    return has(key) ? t(key) : source.title || host(source);
  }

  return {
    t,
    has,
    number,
    date,
    genitiveDate,
    span,
    scope,
    host,
    sourceTitle,
    language: () => lang,
    setLanguage: (value) => (lang = value),
    name: (place) => pick(place.n),
    country: (code) => (code ? pick(data.countries[code]?.n) || code : ''),
    region: (code) => (code ? regionName(data.regions[code]?.n, code) : ''),
    sides: () => (data.scope.sides ?? []).map(pick),
    licence: (source) => (source.licence || '').replace(data.texts.en.rows_name_pages, t('rows_name_pages')),
  };
}

// Words in two languages: the catalogue, names of places, numbers and dates.
TG.text = (() => {
  const plural = { en: new Intl.PluralRules('en'), uk: new Intl.PluralRules('uk') };
  let lang = data.lang;

  function t(key, values = {}) {
    let text = data.texts[lang][key];
    if (text === undefined) return key.replace(/^[a-z]+_/, '').replaceAll('_', ' ');
    if (typeof text === 'object') text = text[plural[lang].select(values.n ?? 0)] ?? text.other;
    return text.replace(/\{(\w+)\}/g, (whole, name) =>
      name in values ? (typeof values[name] === 'number' ? number(values[name]) : values[name]) : whole);
  }
  // Formatters are dear to make: one for each language and shape.
  const kept = new Map();
  function format(Kind, options) {
    const key = `${Kind.name}${lang}${JSON.stringify(options)}`;
    if (!kept.has(key)) kept.set(key, new Kind(lang === 'uk' ? 'uk-UA' : 'en-GB', options));
    return kept.get(key);
  }
  const number = (n) => format(Intl.NumberFormat, {}).format(n);
  const has = (key) => key in data.texts[lang];

  // Names keep their own direction inside a sentence: marks that turn text round stay in their name.
  const isolate = (name) => `\u2068${name}\u2069`;
  const pick = (n) => (n ? (lang === 'uk' ? n.uk || n.local || n.en : n.en || n.local || n.uk) || '' : '');
  const short = (name, most = 60) => (name.length > most ? `${name.slice(0, most - 1)}…` : name);
  const name = (place) => pick(place.n);
  const country = (code) => (code ? pick(data.countries[code]?.n) || code : '');
  const region = (code) => (code ? regionName(data.regions[code]?.n, code) : '');
  function regionName(names, code) {
    const plain = pick(names) || code;
    return code.startsWith('UA-') && names && !/oblast|область|city|місто|crimea|крим|republic|республіка/i.test(plain)
      ? t('oblast_name', { name: plain }) : plain;
  }
  // As title.py does: a name of 500 letters is cut, and marks that turn text round stay in their name.
  const TURNS = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
  const within = (name) => (TURNS.test(short(name, 120)) ? isolate(short(name, 120)) : short(name, 120));
  function scope() {
    if (!data.scope.n || !Object.keys(data.scope.n).length) return t('title_world');
    return within(data.scope.type === 'region' ? regionName(data.scope.n, data.scope.key) : pick(data.scope.n));
  }

  // What the two sides of a map are called, where it has two.
  const sides = () => (data.scope.sides || []).map(pick);

  // 2022-12-23 as a day, 2022-11 as a month, 2022 as a year: never more exact than the source.
  function date(iso) {
    if (!iso) return '';
    const [year, month, day] = iso.split('-').map(Number);
    if (!month) return String(year);
    const options = { year: 'numeric', month: 'long', timeZone: 'UTC', ...(day ? { day: 'numeric' } : {}) };
    const written = format(Intl.DateTimeFormat, options).format(new Date(Date.UTC(year, month - 1, day || 1)));
    return written.replace(/\s*р\.$/, '');
  }
  function span(tie) {
    if (tie.since && tie.until) return t('period', { since: date(tie.since), until: date(tie.until) });
    if (tie.since) return t('from', { since: date(tie.since) });
    return tie.until ? t('ended_on', { until: date(tie.until) }) : t('since_unknown');
  }
  function host(source) {
    if (source.publisher) return source.publisher;
    try { return new URL(source.url).hostname.replace(/^www\./, ''); } catch { return source.title || t('unstated_source'); }
  }
  // The bundled data is named in both languages; everything else as its publisher words it.
  function title(source) {
    const key = `dataset_${(source.title || '').toLowerCase().replace(/\W+/g, '_')}`;
    return has(key) ? t(key) : source.title || host(source);
  }
  const licence = (source) => (source.licence || '').replace(data.texts.en.rows_name_pages, t('rows_name_pages'));

  // Fill every element that carries a key.
  function apply() {
    document.documentElement.lang = lang;
    for (const node of document.querySelectorAll('[data-t]')) node.textContent = t(node.dataset.t);
    for (const node of document.querySelectorAll('[data-t-label]')) node.setAttribute('aria-label', t(node.dataset.tLabel));
    for (const node of document.querySelectorAll('[data-t-title]')) node.title = t(node.dataset.tTitle);
    for (const node of document.querySelectorAll('[data-t-placeholder]')) node.placeholder = t(node.dataset.tPlaceholder);
    for (const node of document.querySelectorAll('[data-lang]')) node.setAttribute('aria-pressed', node.dataset.lang === lang);
  }
  return {
    t, has, number, isolate, name, short, country, region, scope, sides, date, span, host, title, licence, apply,
    get lang() { return lang; },
    set lang(value) { lang = value; },
  };
})();
const t = TG.text.t;

// What the reader has chosen: one object, one way to change it, and the address that keeps it.
TG.state = (() => {
  const chosen = {
    kinds: new Set(), // hidden
    statuses: new Set(), // hidden
    countries: new Set(), // shown alone; empty is all
    year: null,
    aid: false,
    hosted: false,
    sought: !ties.length && data.flows.some((flow) => flow.type === 'sought'), // where there is nothing else to see
    members: true,
    layout: 'map',
    open: new Set(data.open), // countries of a gathered map that show their places
    color: data.color,
    select: null, // {place}, {tie}, {pair: [place, place]} or {programme}
    hover: null,
  };
  // The years that can be chosen, the first and the last; none where nothing is dated.
  const dated = ties.flatMap((tie) => [tie.from, tie.to]).filter((year) => year !== null);
  const years = dated.length ? [Math.min(...dated), Math.max(...dated, Number((data.date || '0').slice(0, 4)))] : null;
  const listeners = [];
  const changed = (what) => { for (const listen of listeners) listen(what); };
  let shown = ties;
  let shownSet = new Set(ties);

  function passes(tie) {
    if (chosen.kinds.has(kindOf(tie)) || chosen.statuses.has(statusOf(tie))) return false;
    if (chosen.year !== null) {
      if (tie.from !== null && tie.from > chosen.year) return false;
      if (tie.to !== null && tie.to < chosen.year) return false;
    }
    if (chosen.countries.size) {
      const [home, away] = endsOf(tie);
      if (world) { if (!chosen.countries.has(away.country) && !chosen.countries.has(home.country)) return false; }
      else if (!chosen.countries.has(away.country) && !(tie.domestic && chosen.countries.has(home.country))) return false;
    }
    return true;
  }

  function set(change) {
    Object.assign(chosen, change);
    const filtering = ['kinds', 'statuses', 'countries', 'year'].some((key) => key in change);
    if (filtering) {
      const all = !chosen.kinds.size && !chosen.statuses.size && !chosen.countries.size && chosen.year === null;
      if (!all || shown !== ties) {
        shown = all ? ties : ties.filter(passes);
        shownSet = new Set(shown);
      }
    }
    changed(filtering ? 'filter' : 'hover' in change && Object.keys(change).length === 1 ? 'hover' : 'view');
    if (Object.keys(change).some((key) => key !== 'hover') || !Object.keys(change).length) keep();
  }
  function toggle(key, value) {
    const next = new Set(chosen[key]);
    if (!next.delete(value)) next.add(value);
    set({ [key]: next });
  }
  const reset = () => set({ kinds: new Set(), statuses: new Set(), countries: new Set(), year: null });

  // --- the address: #select=…&hide=…&status=…&country=…&year=…&show=…&lang=…
  const keyOf = (select) => (select ? (select.pair ? select.pair.map((place) => place.key).join('~') : select.programme ? `programme:${select.programme.key}` : select.tie ? tieKey(select.tie) : select.place.key) : '');
  const initial = [...data.open].sort().join(',');
  const opened = () => [...chosen.open].sort().join(',');
  function address() {
    const parts = new URLSearchParams();
    if (chosen.select) parts.set('select', keyOf(chosen.select));
    if (chosen.kinds.size) parts.set('hide', [...chosen.kinds].join(','));
    if (chosen.statuses.size) parts.set('status', [...chosen.statuses].join(','));
    if (chosen.countries.size) parts.set('country', [...chosen.countries].join(','));
    if (chosen.year !== null) parts.set('year', chosen.year);
    const show = FLOWS.filter((key) => chosen[key]);
    if (!chosen.members) show.push('no-members');
    if (show.length) parts.set('show', show.join(','));
    if (opened() !== initial) parts.set('open', opened());
    if (chosen.color !== data.color) parts.set('color', chosen.color);
    if (chosen.layout !== 'map') parts.set('layout', chosen.layout);
    if (TG.text.lang !== data.lang) parts.set('lang', TG.text.lang);
    return parts.toString();
  }
  function keep() {
    const hash = address();
    try {
      history.replaceState(null, '', hash ? `#${hash}` : location.pathname + location.search);
    } catch { /* a frame without an address of its own: nothing to keep */ }
  }
  function restore() {
    const parts = new URLSearchParams(location.hash.slice(1));
    const list = (key, allowed) => new Set((parts.get(key) || '').split(',').filter((value) => allowed(value)));
    const lang = parts.get('lang');
    if (lang === 'en' || lang === 'uk') TG.text.lang = lang;
    const key = parts.get('select');
    const place = key && places.find((each) => each.key === key);
    const tie = key && !place && ties.find((each) => tieKey(each) === key);
    const programme = key && programmes.find((each) => `programme:${each.key}` === key);
    const pair = (key || '').split('~').map((each) => places.find((one) => one.key === each)).filter(Boolean);
    const year = Number.parseInt(parts.get('year'), 10);
    const show = (parts.get('show') || '').split(',');
    set({
      kinds: list('hide', (value) => KINDS.includes(value)),
      statuses: list('status', (value) => STATUSES.includes(value)),
      countries: list('country', (value) => value in data.countries),
      year: years && Number.isFinite(year) ? Math.min(Math.max(year, years[0]), years[1]) : null,
      aid: show.includes('aid'),
      hosted: show.includes('hosted'),
      sought: show.includes('sought') || !ties.length,
      members: !show.includes('no-members'),
      layout: parts.get('layout') === 'network' ? 'network' : 'map',
      open: parts.has('open') ? list('open', (value) => data.gather && value in data.countries) : new Set(data.open),
      color: data.colors.includes(parts.get('color')) ? parts.get('color') : data.color,
      select: place ? { place } : tie ? { tie } : programme ? { programme } : pair.length === 2 ? { pair } : null,
    });
  }
  return {
    chosen, set, toggle, reset, restore, address, passes, dated, years,
    listen: (act) => listeners.push(act),
    get shown() { return shown; },
    isShown: (tie) => shownSet.has(tie),
    get narrowed() { return shown.length < ties.length; },
  };
})();
const chosen = TG.state.chosen;

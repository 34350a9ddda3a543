// What colours mean: the kind of a partnership, or the place by country, continent, status, community or population.
TG.colour = (() => {
  const PALETTE = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'];
  const STEPS = [0, 1000, 10000, 100000, 1000000];
  const STATUS = { active: 'friendship', planned: 'twin_town', suspended: 'partnership_agreement', terminated: 'solidarity_partnership', unknown: 'other' };

  const categories = new Map(); // by colour: category -> variable of the style sheet
  function category(place) {
    switch (chosen.color) {
      case 'country': return place.country || '?';
      case 'continent': return data.countries[place.country]?.continent || '?';
      case 'community': return place.community === undefined ? '?' : String(place.community);
      case 'population': {
        if (place.pop === undefined) return '?';
        return String(STEPS.findLastIndex((step) => place.pop >= step));
      }
      default: return '';
    }
  }
  // The largest categories have a colour each; what is left is grey.
  function known() {
    if (categories.has(chosen.color)) return categories.get(chosen.color);
    const counts = new Map();
    for (const place of places) if (!place.group && place.ties.length) counts.set(category(place), (counts.get(category(place)) || 0) + 1);
    const ordered = [...counts].filter(([key]) => key !== '?');
    if (chosen.color === 'population') ordered.sort((a, b) => a[0] - b[0]);
    else ordered.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const made = new Map(ordered.slice(0, PALETTE.length).map(([key, n], i) => [key, { colour: chosen.color === 'population' ? `p${key}` : PALETTE[i], n }]));
    const rest = [...counts].filter(([key]) => !made.has(key)).reduce((sum, [, n]) => sum + n, 0);
    if (rest) made.set('?', { colour: 'other', n: rest });
    categories.set(chosen.color, made);
    return made;
  }
  const byPlace = () => !['kind', 'status'].includes(chosen.color);
  const ofPlace = (place) => (known().get(category(place)) ?? known().get('?'))?.colour ?? 'other';
  function name(key) {
    if (key === '?') return t('color_other');
    switch (chosen.color) {
      case 'country': return TG.text.country(key);
      case 'continent': return t(`continent_${key}`);
      case 'community': return t('community_n', { n: Number(key) });
      default: return STEPS[Number(key) + 1] ? t('population_below', { n: STEPS[Number(key) + 1] }) : t('population_above', { n: STEPS[Number(key)] });
    }
  }

  function fills(place, own, colours) {
    if (byPlace()) return [colours[place.group && ['community', 'population'].includes(chosen.color) ? 'home_place' : ofPlace(place)]];
    if (place.home || place.group) return [place.side === 2 ? colours.side_2 : colours.home_place];
    const [of, by] = chosen.color === 'status' ? [statusOf, STATUS] : [kindOf, null];
    const found = [...new Set(own.map(of))];
    return found.length ? found.map((each) => colours[by ? by[each] : each]) : [colours.quiet];
  }
  const line = (each, colours) => (byPlace() ? colours.quiet : chosen.color === 'status' ? colours[STATUS[each.status]] : colours[each.kind]);

  // The size of a place: by its partners, its population or its betweenness.
  const largest = data.size === 'partners' ? 1 : Math.max(1e-9, ...places.map((place) => (data.size === 'population' ? place.pop : place.between) || 0));
  function radius(place, partners) {
    if (data.size === 'partners') return 3.6 + 2.1 * Math.sqrt(partners);
    return 3 + 15 * Math.sqrt(((data.size === 'population' ? place.pop : place.between) || 0) / largest);
  }
  return { PALETTE, STATUS, known, name, fills, line, radius, byPlace };
})();

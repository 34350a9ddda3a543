// Who seeks a partner, and who takes part in which programme: in the cards, the overview, the table and the CSV.
TG.applications = (() => {
  const { name, country, date, number } = TG.text;
  const applications = data.flows.filter((flow) => flow.type === 'sought');
  let sort = { key: 'seeker', down: false };

  const status = (application) => t(`application_${applicationStatus(application)}`);
  // A country or a region is sought for any municipality in it.
  function whom(application) {
    const place = places[application.b];
    return place.type === 'municipality' || place.type === 'metropolis' ? name(place) : t('any_in', { place: name(place) });
  }
  const term = ({ since, until }) => [since && t('applied', { date: date(since) }), until && t('holds', { date: date(until) })].filter(Boolean).join('; ');
  const mark = (application) => TG.card.swatch('sought', APPLICATION_DASHES[applicationStatus(application)]);
  const bdi = (text) => el('bdi', { text });

  // --- in the cards
  const item = (application) => el('li', {},
    el('div', {}, mark(application), ' ', TG.card.placeButton(places[application.a]), ' → ', TG.card.placeButton(places[application.b], whom(application)), `: ${status(application)}`),
    (application.since || application.until) && el('div', { class: 'quiet', text: term(application) }),
    application.themes && el('div', { dir: 'auto', text: `${t('themes')}: ${application.themes.join(', ')}` }),
    TG.card.sayings(application.said, term));
  function ofPlace(place) {
    const own = place.flows.filter((flow) => flow.type === 'sought');
    return [
      ...(own.length ? [el('h3', { text: t('applications') }), el('ul', { class: 'list' }, own.map(item)),
        !chosen.sought && el('button', { type: 'button', class: 'plain', text: t('show_on_map'), on: { click: () => TG.state.set({ sought: true }) } })] : []),
      ...(place.parts.length ? [el('h3', { text: t('takes_part') }), el('ul', { class: 'list' }, place.parts.map((part) => el('li', {},
        button(programmes[part.p]), part.since && el('span', { class: 'quiet', text: ` ${t('from', { since: date(part.since) })}` }),
        run(programmes[part.p]), TG.card.sayings(part.said))))] : []),
    ];
  }
  const inShort = (place) => (chosen.sought ? place.flows.filter((flow) => flow.type === 'sought').slice(0, 4) : [])
    .map((application) => el('div', { class: 'line' }, mark(application), el('span', { dir: 'auto', text: `${name(places[application.a])} → ${whom(application)} (${status(application)})` })));

  // --- programmes
  const button = (programme) => el('button', { type: 'button', class: 'plain', dir: 'auto', text: programme.name, on: { click: () => TG.card.choose({ programme }) } });
  const run = ({ publisher, url }) => (publisher || url) && el('div', { class: 'quiet' }, publisher && bdi(publisher), publisher && url ? ', ' : '',
    url && el('a', { href: url, target: '_blank', rel: 'noopener noreferrer', text: TG.text.host({ url }) }));
  function programmeCard(programme) {
    const order = new Intl.Collator(TG.text.lang);
    const own = [...programme.parts].sort((x, y) => order.compare(name(places[x.a]), name(places[y.a])) || x.a - y.a);
    return [
      el('p', { class: 'facts' }, t('programme')), run(programme),
      el('h3', { text: t('n_participants', { n: own.length }) }),
      el('ul', { class: 'list' }, own.map((part) => el('li', {}, TG.card.placeButton(places[part.a]),
        el('span', { class: 'quiet', text: ` ${[country(places[part.a].country), part.since && t('from', { since: date(part.since) })].filter(Boolean).join(', ')}` })))),
    ];
  }
  function overview() {
    const own = programmes.filter((programme) => programme.parts.length);
    return own.length > 0 && el('section', { id: 'programmes' }, el('h2', { text: t('programmes') }), el('p', { class: 'hint', text: t('programmes_hint') }),
      el('ul', { class: 'list' }, own.map((programme) => el('li', {}, button(programme), el('span', { class: 'count', text: ` ${number(programme.parts.length)}` })))));
  }

  // --- the legend: how the shown applications stand
  function legend() {
    if (!chosen.sought) return [];
    return APPLICATION_STATUSES.filter((each) => applications.some((application) => applicationStatus(application) === each)).map((each) => el('div', { class: 'key sub' },
      TG.card.swatch('sought', APPLICATION_DASHES[each]), el('span', { class: 'word', text: t(`application_${each}`) }), el('span', { class: 'count', text: number(applications.filter((application) => applicationStatus(application) === each).length) })));
  }

  // --- the table
  const columns = {
    seeker: (application) => name(places[application.a]), sought: whom, themes: (application) => (application.themes || []).join(', '), status,
    since: (application) => application.since || '', until: (application) => application.until || '',
    source: (application) => [...new Set((application.said || []).flatMap(TG.card.cited))].map((id) => TG.text.host(data.sources[id])).join(', '),
  };
  // The applications that are shown and hold all the words, in order.
  function rows(words = []) {
    const order = new Intl.Collator(TG.text.lang);
    return (chosen.sought ? applications : [])
      .map((application) => ({ application, cells: Object.fromEntries(Object.entries(columns).map(([key, of]) => [key, of(application)])) }))
      .filter(({ cells }) => { const all = TG.search.fold(Object.values(cells).join(' ')); return words.every((word) => all.includes(word)); })
      .sort((x, y) => {
        const [p, q] = [x.cells[sort.key], y.cells[sort.key]];
        if (!p !== !q) return p ? -1 : 1; // unknown last, either way
        return order.compare(p, q) * (sort.down ? -1 : 1) || x.application.a - y.application.a || x.application.b - y.application.b;
      });
  }
  function table(words, again) {
    if (!applications.length) return [];
    if (!chosen.sought) return [el('p', {}, el('button', { type: 'button', id: 'show-applications', text: t('show_applications', { n: applications.length }), on: { click: () => TG.state.set({ sought: true }) } }))];
    const found = rows(words);
    const head = Object.keys(columns).map((key) => el('th', { scope: 'col', 'aria-sort': sort.key === key ? (sort.down ? 'descending' : 'ascending') : 'none' },
      el('button', { type: 'button', class: 'plain', 'data-application': key, on: { click: () => { sort = { key, down: sort.key === key && !sort.down }; again(); document.querySelector(`[data-application=${key}]`).focus(); } } },
        t(`col_${key}`), el('span', { 'aria-hidden': 'true', text: sort.key === key ? (sort.down ? ' ▼' : ' ▲') : '' }))));
    return [
      el('h2', { text: `${t('applications')}: ${number(found.length)}` }),
      el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': t('applications') }, el('table', {},
        el('caption', { class: 'unseen', text: t('applications') }), el('thead', {}, el('tr', {}, head)),
        el('tbody', { id: 'applications' }, found.map(({ application, cells }) => el('tr', { on: { click: (event) => { if (!event.target.closest('a,button')) TG.card.choose({ place: places[application.a] }); } } },
          el('td', {}, TG.card.placeButton(places[application.a])), el('td', { dir: 'auto', text: cells.sought }), el('td', { dir: 'auto', text: cells.themes }),
          el('td', {}, mark(application), ` ${cells.status}`), el('td', { class: 'day', text: cells.since }), el('td', { class: 'day', text: cells.until }),
          el('td', { dir: 'auto', text: cells.source })))))),
    ];
  }
  return { ofPlace, inShort, programmeCard, overview, legend, rows, table, whom, any: applications.length > 0 };
})();

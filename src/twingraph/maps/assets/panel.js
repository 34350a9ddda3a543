// Beside the map: the legend that filters, the overview, the table of the same ties, the sources.
TG.panel = (() => {
  const { name, country, span, date, number } = TG.text;
  let sort = { key: 'a', down: false };
  let needle = '';
  let playing = null;
  const stale = new Set(); // tabs that are not open are filled when they are

  const section = (title, ...rest) => el('section', {}, el('h2', { text: title }), ...rest);
  const count = (list, of) => list.reduce((sums, item) => sums.set(of(item), (sums.get(of(item)) || 0) + 1), new Map());

  // --- legend
  function toggleLine({ pressed, off, mark, text, n, act, label }) {
    return el('button', { type: 'button', class: off ? 'key switch' : 'key', 'aria-pressed': String(pressed), 'aria-label': label, on: { click: act } },
      mark, el('span', { class: 'word', text }), n === undefined ? null : el('span', { class: 'count', text: number(n) }));
  }
  // What the places at home look like: one disc, or a shape for each of two sides.
  function homeKeys() {
    const key = (mark, text) => el('div', { class: 'key' }, dot(mark), el('span', { class: 'word', dir: 'auto', text }));
    const sides = TG.text.sides();
    if (sides.length) return sides.map((side, i) => key(i ? 'ring' : 'home', side));
    const words = { region: 'place_home', country: 'place_home', metropolis: 'place_home', municipality: 'place_here', community: 'place_community', question: 'place_answer' }[data.scope.type];
    return words ? [key('home', t(words, { scope: TG.text.scope() }))] : [];
  }
  const dot = (kind) => el('span', { class: `dot ${kind}`, 'aria-hidden': 'true' });
  function legend() {
    const kinds = count(ties, kindOf);
    const statuses = count(ties, statusOf);
    const flows = count(data.flows, (flow) => flow.type);
    const column = (title, ...lines) => el('div', { class: 'column', role: 'group', 'aria-label': title }, el('h2', { text: title }), ...lines);
    const narrowed = TG.state.narrowed || chosen.year !== null;
    const areas = new Set(places.filter((place) => AREAS.includes(place.type) && !place.group && place.xy && (!data.gather || chosen.open.has(place.country))
      && (place.ties.length || place.flows.some((flow) => chosen[flow.type]))).map((place) => place.type));
    $('legend-body').replaceChildren(...[
      el('div', { class: 'columns' }, ...[
        ties.length > 0 && column(t(chosen.color === 'kind' ? 'legend_kind' : 'kind'), ...KINDS.filter((kind) => kinds.has(kind)).map((kind) => toggleLine({
          pressed: !chosen.kinds.has(kind), mark: TG.card.swatch(chosen.color === 'kind' ? kind : 'other'), text: t(`kind_${kind}`), n: kinds.get(kind),
          act: () => TG.state.toggle('kinds', kind),
        }))),
        ties.length > 0 && column(t('legend_status'), ...STATUSES.filter((status) => statuses.has(status)).map((status) => toggleLine({
          pressed: !chosen.statuses.has(status), mark: TG.card.swatch(chosen.color === 'status' ? TG.colour.STATUS[status] : null, DASHES[status]), text: t(`status_${status}`), n: statuses.get(status),
          act: () => TG.state.toggle('statuses', status),
        }))),
        column(t(`legend_place_${data.size}`),
        data.gather && el('div', { class: 'key' }, el('span', { class: 'dot group', 'aria-hidden': 'true' }), el('span', { class: 'word', text: t('place_group') })),
        ...(TG.colour.byPlace() ? [...TG.colour.known()].map(([key, { colour, n }]) => el('div', { class: 'key' }, el('span', { class: 'dot', 'aria-hidden': 'true', css: { background: `var(--${colour})` } }), el('span', { class: 'word', text: TG.colour.name(key) }), el('span', { class: 'count', text: number(n) }))) : []),
        ...(TG.colour.byPlace() ? [] : homeKeys()),
        !TG.colour.byPlace() && ties.length > 0 && (!data.gather || chosen.open.size > 0) && ['region', 'country', 'municipality', 'metropolis', 'world'].includes(data.scope.type) && el('div', { class: 'key' }, dot('away'), el('span', { class: 'word', text: t('place_partner') })),
        ...AREAS.filter((type) => areas.has(type)).map((type) => el('div', { class: 'key' }, dot(TG.colour.byPlace() ? type : `away ${type}`), el('span', { class: 'word', text: t(`place_${type}`) }))),
        data.members.length > 0 && toggleLine({
          pressed: chosen.members, mark: dot('diamond'), text: t('place_metropolis'), act: () => TG.state.set({ members: !chosen.members }),
        }),
        ...FLOWS.filter((type) => flows.has(type)).map((type) => toggleLine({
          off: true, pressed: chosen[type], mark: el('span', { class: `flow ${type}`, 'aria-hidden': 'true', text: type === 'sought' ? '⇢' : '➝' }), text: t(`flow_${type}`), n: flows.get(type),
          act: () => TG.state.set({ [type]: !chosen[type] }),
        })), ...TG.applications.legend())].filter(Boolean)),
      data.colors.length > 1 && ties.length > 0 && el('label', { class: 'choice' }, `${t('color_by')} `, el('select', { id: 'color', on: { change: (event) => TG.state.set({ color: event.target.value }) } },
        ...data.colors.map((each) => el('option', { value: each, selected: each === chosen.color, text: t(`color_${each}`) })))),
      el('p', { class: 'hint' }, t('legend_hint'), ' ',
        narrowed && el('button', { type: 'button', class: 'plain', text: t('reset'), on: { click: TG.state.reset } })),
    ].filter(Boolean));
  }

  // --- overview
  function overview() {
    const root = $('overview-panel');
    const shown = TG.state.shown;
    const away = new Map();
    for (const tie of ties) {
      const [near, far] = endsOf(tie);
      for (const code of new Set(world ? [near.country || '?', far.country || '?'] : [far.country || '?'])) {
        if (!away.has(code)) away.set(code, { all: 0, shown: 0 });
        away.get(code).all += 1;
        if (TG.state.isShown(tie)) away.get(code).shown += 1;
      }
    }
    const most = Math.max(1, ...[...away.values()].map((each) => each.all));
    const home = places.slice(0, towns).filter((place) => (place.home || world) && place.type !== 'region' && place.type !== 'country');
    const best = home.map((place) => ({ place, n: TG.scene.partners(place) || partnersOf(place, place.ties.filter(TG.state.isShown)).size }))
      .filter((each) => each.n).sort((a, b) => b.n - a.n || name(a.place).localeCompare(name(b.place), TG.text.lang));
    const lost = places.filter((place) => place.unplaced && place.ties.length);
    const MANY = 30;
    const bars = [...away].sort((a, b) => b[1].all - a[1].all || country(a[0]).localeCompare(country(b[0]), TG.text.lang));
    const fewer = (list, act) => (list.length > MANY + 5 ? [...list.slice(0, MANY).map(act), el('details', {}, el('summary', { text: t('n_more', { n: list.length - MANY }) }), ...list.slice(MANY).map(act))] : list.map(act));
    const without = home.filter((place) => !place.ties.length);
    root.replaceChildren(...[
      years(),
      (bars.length > 1 || !data.scope.sides) && bars.length > 0 && section(t(world ? 'countries_world' : 'countries'), el('p', { class: 'hint', text: t('countries_hint') }), el('div', { class: 'bars' },
        ...fewer(bars, ([code, n]) =>
          el('button', { type: 'button', class: 'bar', 'aria-pressed': String(chosen.countries.has(code)), on: { click: () => TG.state.toggle('countries', code) } },
            el('span', { class: 'word', text: country(code) || '?' }),
            el('span', { class: 'fill', css: { '--share': n.shown / most } }),
            el('span', { class: 'count', text: n.shown === n.all ? number(n.all) : `${number(n.shown)} / ${number(n.all)}` }))))),
      ...(data.scope.sides ? TG.text.sides().map((side, i) => leading(`${t('leading')}: ${side}`, best.filter(({ place }) => place.side === i + 1), 8)) : [leading(t('leading'), best, 12)]),
      TG.applications.overview(),
      lost.length > 0 && el('section', { id: 'unplaced' }, el('h2', { text: t('unplaced', { n: lost.length }) }), el('p', { class: 'hint', text: t('unplaced_hint') }),
        el('ul', { class: 'list' }, ...fewer(lost, (place) => el('li', {}, TG.card.placeButton(place), ` ${TG.card.where(place)}`, el('div', { class: 'quiet', dir: 'auto', text: TG.card.reason(place) }))))),
      without.length > 0 && section(t(data.left_out ? 'without_here' : 'without'), el('p', {}, ...without.flatMap((place, i) => [i ? ', ' : '', TG.card.placeButton(place)]))),
    ].filter(Boolean));
  }

  const leading = (title, best, most) => best.length > 1 && best[0].n > 1 && section(title, el('ol', { class: 'leading' }, ...best.slice(0, most).map(({ place, n }) =>
    el('li', {}, TG.card.placeButton(place), el('span', { class: 'count', text: t('n_partners', { n }) })))));

  // --- years
  function years() {
    const [first, last] = TG.state.years || [];
    if (first === last) return null;
    const undated = ties.filter((tie) => tie.from === null).length;
    const now = chosen.year ?? last;
    return section(`${t('years')}: ${chosen.year === null ? t('years_all') : t('years_at', { year: String(chosen.year) })}`,
      el('div', { class: 'years' },
        el('button', { type: 'button', class: 'icon', id: 'play', 'aria-label': t(playing ? 'years_stop' : 'years_play'), title: t(playing ? 'years_stop' : 'years_play'), text: playing ? '■' : '▶', on: { click: play } }),
        el('span', { text: first }),
        el('input', {
          type: 'range', id: 'year', min: first, max: last, step: 1, value: now, 'aria-label': t('years'), 'aria-valuetext': chosen.year === null ? t('years_all') : chosen.year,
          on: { input: (event) => { stop(); TG.state.set({ year: Number(event.target.value) }); } },
        }),
        el('span', { text: last }),
        chosen.year !== null && el('button', { type: 'button', class: 'plain', text: t('years_all'), on: { click: () => { stop(); TG.state.set({ year: null }); } } })),
      undated > 0 && el('p', { class: 'hint', text: t('years_undated', { n: undated }) }));
  }
  function stop() { clearInterval(playing); playing = null; }
  function play() {
    if (playing) { stop(); overview(); return; }
    const marks = [...new Set(TG.state.dated)].sort((a, b) => a - b);
    let i = 0;
    playing = setInterval(() => {
      TG.state.set({ year: marks[i] });
      i += 1;
      if (i === marks.length) { stop(); TG.state.set({ year: null }); }
    }, 700);
    TG.state.set({ year: marks[0] });
  }

  // --- table
  const columns = {
    a: (tie) => name(endsOf(tie)[0]), b: (tie) => name(endsOf(tie)[1]), country: (tie) => country(endsOf(tie)[1].country),
    kind: (tie) => TG.card.kindName(tie), status: (tie) => TG.card.statusName(tie),
    since: (tie) => tie.since || '', until: (tie) => tie.until || '',
    source: (tie) => [...new Set((saidOf(tie) || []).flatMap(TG.card.cited))].map((id) => TG.text.host(data.sources[id])).join(', '),
  };
  const words = () => TG.search.fold(needle).split(' ').filter(Boolean);
  function rows() {
    const wanted = words();
    const order = new Intl.Collator(TG.text.lang);
    return TG.state.shown
      .map((tie) => ({ tie, cells: Object.fromEntries(Object.entries(columns).map(([key, of]) => [key, of(tie)])) }))
      .filter(({ cells }) => { const all = TG.search.fold(Object.values(cells).join(' ')); return wanted.every((word) => all.includes(word)); })
      .sort((x, y) => {
        const [p, q] = [x.cells[sort.key], y.cells[sort.key]];
        if (!p !== !q) return p ? -1 : 1; // unknown last, either way
        return order.compare(p, q) * (sort.down ? -1 : 1) || x.tie.id - y.tie.id;
      });
  }
  function table() {
    if ($('table-panel').hidden) { stale.add('table'); return; }
    const root = $('table-panel');
    const head = Object.keys(columns).map((key) => el('th', { scope: 'col', 'aria-sort': sort.key === key ? (sort.down ? 'descending' : 'ascending') : 'none' },
      el('button', { type: 'button', class: 'plain', on: { click: () => { sort = { key, down: sort.key === key && !sort.down }; table(); $('table-panel').querySelector(`[data-key=${key}]`).focus(); } }, 'data-key': key },
        t(`col_${key}`), el('span', { 'aria-hidden': 'true', text: sort.key === key ? (sort.down ? ' ▼' : ' ▲') : '' }))));
    root.replaceChildren(
      el('div', { class: 'table-tools' },
        el('input', { type: 'search', id: 'needle', value: needle, placeholder: t('table_filter'), 'aria-label': t('table_filter'), on: { input: (event) => { needle = event.target.value; limit = 300; body(); } } }),
        el('span', { class: 'quiet', id: 'table-count' })),
      el('p', { class: 'hint', text: t('table_hint') }),
      el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': t('table_caption') },
        el('table', {}, el('caption', { class: 'unseen', text: t('table_caption') }), el('thead', {}, el('tr', {}, head)), el('tbody', { id: 'rows' }))), el('div', { id: 'application-table' }));
    body();
  }
  let limit = 300;
  function body(most = limit) {
    const found = rows();
    $('table-more')?.remove();
    $('application-table').replaceChildren(...TG.applications.table(words(), body));
    $('table-count').textContent = t('n_ties', { n: found.length });
    if (found.length > most) {
      $('application-table').before(el('button', { type: 'button', id: 'table-more', text: t('table_more', { n: found.length - most }), on: { click: () => { limit += 1000; body(); } } }));
    }
    $('rows').replaceChildren(...found.slice(0, most).map(({ tie, cells }) => {
      const at = [...new Set((saidOf(tie) || []).flatMap(TG.card.cited))];
      return el('tr', { class: chosen.select?.tie === tie ? 'now' : null, on: { click: (event) => { if (!event.target.closest('a,button')) TG.card.choose({ tie }); } } },
        el('td', {}, el('button', { type: 'button', class: 'plain', dir: 'auto', text: cells.a, on: { click: () => TG.card.choose({ tie }) } })),
        el('td', { dir: 'auto', text: cells.b }), el('td', { text: cells.country }),
        el('td', {}, TG.card.swatch(kindOf(tie), DASHES[statusOf(tie)]), ` ${cells.kind}`), el('td', { text: cells.status }),
        el('td', { class: 'day', text: cells.since }), el('td', { class: 'day', text: cells.until }),
        el('td', {}, ...at.slice(0, 3).flatMap((id, i) => [i ? ', ' : '', sourceLink(id)])));
    }));
  }
  function sourceLink(id) {
    const source = data.sources[id];
    const text = TG.text.short(TG.text.host(source), 40);
    return source.url ? el('a', { href: source.url, target: '_blank', rel: 'noopener noreferrer', dir: 'auto', title: source.title, text }) : el('bdi', { text });
  }

  // --- sources
  function about() {
    if ($('about-panel').hidden) { stale.add('about'); return; }
    const pages = data.sources.map((_, id) => id).filter((id) => !data.datasets.includes(id));
    $('about-panel').replaceChildren(
      section(t('about_data'),
        ...data.datasets.map((id) => {
          const source = data.sources[id];
          return el('p', {}, TG.card.link(id), source.licence ? `; ${t('licence', { licence: TG.text.licence(source) })}` : '', source.retrieved ? `; ${t('retrieved', { date: date(source.retrieved) })}` : '');
        }),
        data.date && el('p', { text: t('about_date', { date: date(data.date) }) }),
        el('p', { text: t('about_count') }), el('p', { text: t('about_places') }), el('p', { text: t('about_outlines') }),
        el('p', { text: t('about_projection', { name: data.projection.replace('Lambert azimuthal equal-area', t('lambert')) }) }), el('p', { text: t('about_made') })),
      section(`${t('about_sources')}: ${number(pages.length)}`, el('ol', { class: 'list' }, ...pages.map((id) => el('li', {}, TG.card.link(id))))));
  }

  // --- tabs
  const tabs = ['overview', 'table', 'about'];
  function open(tab, focus = false) {
    for (const each of tabs) {
      const button = $(`tab-${each}`);
      button.setAttribute('aria-selected', String(each === tab));
      button.tabIndex = each === tab ? 0 : -1;
      $(`${each}-panel`).hidden = each !== tab;
    }
    document.body.classList.toggle('wide', tab === 'table');
    if (stale.delete(tab)) ({ table, about })[tab]();
    if (focus) $(`tab-${tab}`).focus();
  }
  tabs.forEach((tab, i) => {
    $(`tab-${tab}`).addEventListener('click', () => open(tab));
    $(`tab-${tab}`).addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) open(tabs[(i + step + tabs.length) % tabs.length], true);
    });
  });
  document.querySelector('.skip').addEventListener('click', (event) => { event.preventDefault(); open('table'); $('table-panel').focus(); });

  // --- the line under the map
  function shown() {
    const n = TG.state.shown.length;
    const spots = TG.scene.present.filter((place) => TG.scene.partners(place)).length;
    const left = data.left_out ? `; ${t('left_out', { n: data.left_out.n })}` : '';
    const text = n === ties.length
      ? `${t('n_ties', { n })}, ${data.gather ? chosen.open.size ? t('n_countries_opened', { n: chosen.open.size }) : t('gathered_hint') : t('n_places', { n: spots })}${left}`
      : n ? `${t('shown', { shown: t('n_ties', { n }), all: number(ties.length) })}; ${t('hidden_by_filters')}` : t('none_shown');
    $('shown').replaceChildren(text, ' ', n < ties.length ? el('button', { type: 'button', class: 'plain', text: t('reset'), on: { click: TG.state.reset } }) : '');
  }

  // --- the title that answers
  function title() {
    const ends = new Set(places.filter((place) => !place.group && place.ties.length).map((place) => place.id));
    const deeper = !world && ties.some((tie) => !places[tie.a].home && !places[tie.b].home); // the partners of partners too
    const scope = deeper ? t('title_deeper', { scope: TG.text.scope() }) : TG.text.scope();
    const home = world || deeper ? ends : new Set([...ends].filter((end) => places[end].home));
    const lands = (among) => new Set([...among].map((end) => places[end].country).filter(Boolean));
    const homelands = lands(home);
    const abroad = new Set([...lands(ends)].filter((code) => !homelands.has(code)));
    const applications = data.flows.filter((flow) => flow.type === 'sought').length;
    const ended = ties.filter((tie) => tie.status === 'terminated').length;
    const text = ties.length ? t(home.size === 1 && data.scope.type === 'municipality' ? 'title_one' : 'title', {
      scope, ties: t('n_ties', { n: ties.length }), places: t('title_places', { n: home.size }),
      countries: abroad.size ? t('title_countries', { n: abroad.size })
        : homelands.size > 1 ? t('title_within', { n: homelands.size }) : t('title_home'), ended: ended ? t('title_ended', { n: ended }) : '',
    }) : t('title_none', { scope, sought: applications ? t('title_sought', { n: applications }) : '' });
    // A number stays on one line with what it counts.
    $('title').replaceChildren(...text.split(/(\d+ \p{L}{1,14}(?!\p{L}))/u).map((part, i) => (i % 2 ? el('span', { class: 'together', text: part }) : part)));
    document.title = text;
    const only = data.left_out && [data.left_out[TG.text.lang], data.left_out.min_partners > 1 && t('min_partners', { n: data.left_out.min_partners })].filter(Boolean).join('; ');
    $('subtitle').textContent = [only && t('narrowed', { only }), data.date ? t('subtitle', { date: date(data.date) }) : t('subtitle_undated')].filter(Boolean).join(' ');
  }
  // Paper shows all tabs.
  window.addEventListener('beforeprint', () => {
    for (const [tab, fill] of Object.entries({ table, about })) {
      const panel = $(`${tab}-panel`);
      const { hidden } = panel;
      panel.hidden = false;
      fill();
      if (tab === 'table') body(2000);
      panel.hidden = hidden;
    }
  });
  return { legend, overview, table, about, shown, title, open, rows, words };
})();

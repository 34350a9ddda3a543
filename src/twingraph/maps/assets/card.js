// What is known of one place or one tie: in short beside the pointer, in full in the side card.
TG.card = (() => {
  const { name, country, region, date, span, number, host, isolate } = TG.text;
  const card = $('card');

  const swatch = (kind, dash = []) => {
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    line.setAttribute('class', 'swatch');
    line.setAttribute('viewBox', '0 0 30 10');
    line.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', 'M1 5H29');
    path.style.stroke = kind ? `var(--${kind})` : 'currentColor';
    if (dash.length) path.style.strokeDasharray = dash.join(' ');
    line.append(path);
    return line;
  };
  const bdi = (text, attributes = {}) => el('bdi', { ...attributes, text });
  const both = (tie) => { const [a, b] = endsOf(tie); return `${isolate(name(a))} – ${isolate(name(b))}`; };
  const kindName = (tie) => t(`kind_${kindOf(tie)}`);
  const statusName = (tie) => t(`status_${statusOf(tie)}`);
  const where = (place) => [place.region && place.home ? region(place.region) : '', country(place.country)].filter(Boolean).join(', ');

  const label = (place) => (place.group ? country(place.country) : name(place));
  // How many ties of each kind, the commonest first.
  const kindsOf = (own) => [...own.reduce((sums, tie) => sums.set(kindOf(tie), (sums.get(kindOf(tie)) || 0) + 1), new Map())]
    .sort((a, b) => b[1] - a[1]).map(([kind, n]) => el('div', { class: 'line' }, swatch(kind), `${t(`kind_${kind}`)}: ${number(n)}`));
  function partnerCountries(group, own) {
    const sums = new Map();
    for (const tie of own) {
      const far = places[tie.a].country === group.country ? places[tie.b] : places[tie.a];
      sums.set(far.country || '?', (sums.get(far.country || '?') || 0) + 1);
    }
    return [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }

  // --- beside the pointer
  function tip({ place, tie, pair }) {
    if (pair) {
      const own = TG.scene.linesBetween(...pair).flatMap((line) => line.ties);
      return [el('strong', { dir: 'auto', text: pair.map((each) => isolate(label(each))).join(' – ') }), el('div', { text: t('n_ties', { n: own.length }) }), ...kindsOf(own).slice(0, 4)];
    }
    if (place?.group) {
      const own = place.ties.filter(TG.state.isShown);
      return [el('strong', { text: label(place) }), el('div', { text: t('n_ties', { n: own.length }) }),
        ...partnerCountries(place, own).slice(0, 5).map(([code, n]) => el('div', { class: 'quiet', text: `${country(code)}: ${number(n)}` })),
        !chosen.open.has(place.country) && el('div', { text: t('open_hint') })].filter(Boolean);
    }
    if (tie) {
      return [
        el('strong', { dir: 'auto', text: both(tie) }),
        el('div', { class: 'line' }, swatch(kindOf(tie), DASHES[statusOf(tie)]), `${kindName(tie)}, ${statusName(tie)}`),
        el('div', { text: span(tie) }),
        tie.signed && el('div', { class: 'quiet', dir: 'auto', text: `${t('signed')}: ${tie.signed.join('; ')}` }),
        ...sourceNames(saidOf(tie)).slice(0, 2).map((text) => el('div', { class: 'quiet', dir: 'auto', text })),
      ];
    }
    const own = place.ties.filter(TG.state.isShown);
    const count = partnersOf(place, own).size;
    return [
      el('strong', {}, bdi(name(place))), ' ', el('span', { class: 'quiet', text: where(place) }),
      el('div', { text: count ? t('n_partners', { n: count }) : '' }),
      ...own.slice(0, 6).map((each) => el('div', { class: 'line' }, swatch(kindOf(each), DASHES[statusOf(each)]),
        el('span', {}, bdi(name(otherEnd(each, place))), `, ${span(each)}`))),
      own.length > 6 && el('div', { class: 'quiet', text: t('n_more', { n: own.length - 6 }) }),
      own.length === 1 && own[0].signed && el('div', { class: 'quiet', dir: 'auto', text: `${t('signed')}: ${own[0].signed.join('; ')}` }),
      ...(own.length === 1 ? sourceNames(saidOf(own[0])).slice(0, 2).map((text) => el('div', { class: 'quiet', dir: 'auto', text })) : []),
      ...TG.applications.inShort(place),
      place.members.length > 0 && el('div', { text: `${t('members')}: ${place.members.map((join) => name(places[join.a])).join(', ')}` }),
    ].filter(Boolean);
  }
  // The pages that speak, not the dataset that lists them.
  const cited = (saying) => {
    const pages = (saying.src || []).filter((id) => !data.datasets.includes(id));
    return pages.length ? pages : saying.src || [];
  };
  const sourceNames = (said) => [...new Set((said || []).flatMap(cited))].map((id) => host(data.sources[id]));

  // --- in the side card
  function link(id) {
    const source = data.sources[id];
    const text = TG.text.title(source);
    return el('span', {},
      source.url ? el('a', { href: source.url, target: '_blank', rel: 'noopener noreferrer', dir: 'auto', text }) : bdi(text),
      source.title && source.url ? ` (${host(source)}${source.published ? `, ${date(source.published)}` : ''})` : '');
  }
  // `term` words the dates of a statement.
  function sayings(said, term = span) {
    if (!said?.length) return null;
    return el('div', { class: 'said' }, el('h3', { class: 'sub', text: t('said') }), el('ul', {}, said.map((saying) => el('li', {},
      saying.words ? el('q', { dir: 'auto', text: saying.words }) : null,
      saying.words ? ' ' : null,
      el('span', { class: 'quiet' }, ...facts(saying, term)),
      ...cited(saying).map((id) => el('div', {}, link(id)))))));
  }
  function facts(saying, term) {
    const parts = [];
    if (saying.names?.length) parts.push(saying.names.join(' – '));
    if (saying.kind) parts.push(TG.text.has(`kind_${saying.kind}`) ? t(`kind_${saying.kind}`) : saying.kind);
    const status = ['status', 'application'].map((each) => `${each}_${saying.status}`).find(TG.text.has);
    if (saying.status) parts.push(status ? t(status) : saying.status);
    if (saying.since || saying.until) parts.push(term(saying));
    if (saying.on) parts.push(t('said_on', { date: date(saying.on) }));
    if (saying.row) parts.push(t('row', { row: String(saying.row) }));
    return [el('span', { dir: 'auto', text: parts.join(' · ') })];
  }
  function tieDetails(tie) {
    const row = (key, value) => value && [el('dt', { text: t(key) }), el('dd', { dir: 'auto', text: value })];
    return [
      tie.disputed && el('p', { class: 'warn', text: `⚠ ${t('disputed')}` }),
      el('dl', {},
        row('signed', tie.signed?.join('; ')), row('approved', tie.approved), row('themes', tie.themes?.join(', '))),
      sayings(saidOf(tie)),
    ];
  }
  const badge = (tie) => el('span', { class: 'badge' }, swatch(kindOf(tie), DASHES[statusOf(tie)]), ` ${kindName(tie)}, ${statusName(tie)}`);
  function tieItem(tie, place, open) {
    const other = otherEnd(tie, place);
    return el('details', { open, class: 'tie' },
      el('summary', {},
        el('span', { class: 'who' }, bdi(name(other)), el('span', { class: 'quiet', text: ` ${country(other.country)}${tie.domestic ? ` · ${t('domestic')}` : ''}` })),
        el('span', { class: 'what' }, badge(tie), el('span', { class: 'quiet', text: ` ${span(tie)}` }))),
      tieDetails(tie),
      el('button', { type: 'button', class: 'plain', text: t('show_on_map'), on: { click: () => choose({ tie }) } }));
  }
  function flowText(flow) {
    const amount = flow.amount === undefined ? '' : number(flow.amount);
    if (flow.type === 'hosted') return t('hosted_amount', { amount: amount || '?' });
    const goods = t(`goods_${flow.goods || 'other'}`);
    const unit = flow.unit && flow.unit !== flow.goods ? t(`unit_${flow.unit}`) : '';
    return amount ? t('aid_amount', { goods, amount, unit: TG.text.has(`unit_${flow.unit}`) ? unit : /^[A-Z]{3}$/.test(flow.unit || '') ? flow.unit : '' }).trim() : goods;
  }
  function flowItem(flow) {
    return el('li', {}, el('div', {}, bdi(name(places[flow.a])), ' → ', bdi(name(places[flow.b])), `: ${flowText(flow)}`),
      el('div', { class: 'quiet', text: flow.since || flow.until ? span(flow) : '' }),
      flow.note && el('q', { dir: 'auto', text: flow.note }),
      ...[...new Set((flow.said || []).flatMap(cited))].map((id) => el('div', {}, link(id))));
  }
  const head = (...title) => el('div', { class: 'card-head' }, el('h2', {}, ...title),
    el('button', { type: 'button', class: 'icon', 'aria-label': t('close'), title: t('close'), text: '×', on: { click: () => TG.state.set({ select: null }) } }));

  function placeCard(place) {
    const own = place.ties.filter(TG.state.isShown);
    if (place.group) return groupCard(place, own);
    const given = place.flows.filter((flow) => flow.type !== 'sought');
    const names = [place.n.en, place.n.uk, place.n.local].filter((each) => each && each !== name(place));
    const facts = [
      place.type === 'municipality' && place.kind ? kindOfPlace(place.kind) : AREAS.includes(place.type) ? t(`place_${place.type}`) : '', where(place),
      place.pop ? `${t('population')}: ${number(place.pop)}` : '',
    ].filter(Boolean);
    return [
      head(bdi(name(place))),
      names.length > 0 && el('p', { class: 'quiet names' }, ...[...new Set(names)].flatMap((each, i) => [i ? ' · ' : '', bdi(each)])),
      el('p', { class: 'facts', text: facts.join(' · ') }),
      AREAS.includes(place.type) && place.xy && el('p', { class: 'quiet', text: t('point_of_area') }),
      place.unplaced && el('p', { class: 'warn', dir: 'auto', text: `⚠ ${t('unplaced', { n: 1 })}: ${reason(place)}` }),
      own.length > 0 && el('h3', { text: `${t('n_ties', { n: own.length })}` }),
      ...some(own, (tie) => tieItem(tie, place, own.length === 1)),
      joinList(place.members, 'members', (join) => join.a),
      joinList(place.joins, 'member_of', (join) => join.b),
      given.length > 0 && el('h3', { text: t('flows') }),
      given.length > 0 && el('ul', { class: 'list' }, given.map(flowItem)),
      ...TG.applications.ofPlace(place),
    ];
  }
  const MOST = 60;
  function some(own, of) {
    return [...own].sort(byDate).slice(0, MOST).map(of).concat(own.length > MOST ? [el('p', { class: 'quiet', text: t('rest_in_table', { n: own.length - MOST }) })] : []);
  }
  function groupCard(group, own) {
    const open = chosen.open.has(group.country);
    const counts = new Map();
    for (const tie of own) for (const end of [tie.a, tie.b]) if (places[end].country === group.country) counts.set(end, (counts.get(end) || 0) + 1);
    const best = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 12);
    return [
      head(label(group)),
      el('p', { class: 'facts', text: `${t('n_ties', { n: own.length })} · ${t('n_places', { n: counts.size })}` }),
      el('button', { type: 'button', id: 'open-country', text: t(open ? 'gather_country' : 'open_country'), on: { click: () => (open ? TG.view.gather(group.country) : TG.view.openCountry(group)) } }),
      ...kindsOf(own),
      el('h3', { text: t('countries') }),
      el('ul', { class: 'list' }, partnerCountries(group, own).slice(0, 12).map(([code, n]) => el('li', {},
        groups.has(code) && code !== group.country
          ? el('button', { type: 'button', class: 'plain', text: country(code), on: { click: () => TG.state.set({ select: { pair: [TG.scene.stand(group), TG.scene.stand(groups.get(code))].map((each) => (each.group ? each : groups.get(each.country))) } }) } })
          : code === group.country ? t('domestic') : country(code) || '?', el('span', { class: 'count', text: ` ${number(n)}` })))),
      el('h3', { text: t('leading') }),
      el('ul', { class: 'list' }, best.map(([id, n]) => el('li', {}, placeButton(places[id]), el('span', { class: 'count', text: ` ${number(n)}` })))),
    ];
  }
  function pairCard(pair) {
    const [a, b] = pair;
    const inside = (place, end) => (place.group ? end.country === place.country : end === place);
    const own = TG.state.shown.filter((tie) => { const [p, q] = [places[tie.a], places[tie.b]]; return (inside(a, p) && inside(b, q)) || (inside(a, q) && inside(b, p)); });
    return [
      head(bdi(label(a)), ' – ', bdi(label(b))), el('p', { class: 'facts', text: t('n_ties', { n: own.length }) }), ...kindsOf(own),
      ...some(own, (tie) => el('details', { class: 'tie' },
        el('summary', {}, el('span', { class: 'who', dir: 'auto', text: both(tie) }), el('span', { class: 'what' }, badge(tie), el('span', { class: 'quiet', text: ` ${span(tie)}` }))), tieDetails(tie))),
    ];
  }
  function joinList(joins, key, end) {
    if (!joins.length) return null;
    return [el('h3', { text: t(key) }), el('ul', { class: 'list' }, joins.map((join) => el('li', {},
      placeButton(places[end(join)]), join.note && el('div', { class: 'quiet', dir: 'auto', text: join.note }),
      ...[...new Set((join.said || []).flatMap(cited))].map((id) => el('div', {}, link(id))))))];
  }
  const placeButton = (place, text = name(place)) => el('button', { type: 'button', class: 'plain', dir: 'auto', text, on: { click: () => choose({ place }) } });
  const kindOfPlace = (kind) => (TG.text.has(`place_kind_${kind}`) ? t(`place_kind_${kind}`) : kind.replaceAll('_', ' '));
  function tieCard(tie) {
    const [a, b] = endsOf(tie);
    return [
      head(bdi(name(a)), ' – ', bdi(name(b))),
      el('p', {}, badge(tie), el('span', { class: 'quiet', text: ` ${span(tie)}${tie.domestic ? ` · ${t('domestic')}` : ''}` })),
      el('p', { class: 'facts' }, placeButton(a), ` ${where(a)}`, el('br'), placeButton(b), ` ${where(b)}`,
        a.lat !== undefined && b.lat !== undefined ? ` · ${t('n_km', { n: Math.round(greatCircle(a, b)) })}` : ''),
      ...tieDetails(tie),
    ];
  }
  const REASONS = [[/several|more than one/i, 'namesakes'], [/coordinates/i, 'no_coordinates'], [/register/i, 'no_register']];
  // The reason in the reader's language where the catalogue has it, else as the resolver worded it.
  function reason(place) {
    const known = REASONS.find(([pattern]) => pattern.test(place.unplaced));
    return known ? t(`why_unplaced_${known[1]}`) : TG.text.lang === 'en' ? place.unplaced : `${t('why_unplaced')} (${place.unplaced})`;
  }
  const byDate = (a, b) => (b.since || '').localeCompare(a.since || '') || a.id - b.id;

  function render() {
    const now = chosen.select;
    card.hidden = !now;
    card.replaceChildren(...(now ? (now.pair ? pairCard(now.pair) : now.programme ? [head(bdi(now.programme.name)), ...TG.applications.programmeCard(now.programme)] : now.place ? placeCard(now.place) : tieCard(now.tie)) : []).flat(2).filter(Boolean));
    if (now) card.scrollTop = 0;
  }
  function choose(what) {
    const codes = what.place && !what.place.group && data.gather ? [what.place.country] : [];
    const open = codes.every((code) => !code || chosen.open.has(code)) ? chosen.open : new Set([...chosen.open, ...codes]);
    TG.state.set({ select: what, hover: null, ...(open === chosen.open ? {} : { open }) });
    TG.view.show(what);
  }
  return { tip, render, choose, swatch, sayings, link, kindName, statusName, both, cited, placeButton, where, reason, byDate };
})();

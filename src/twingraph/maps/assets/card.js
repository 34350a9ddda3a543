// What is known of one place or one tie: in short beside the pointer, in full in the side card.
TG.card = (() => {
  const { name, country, region, date, span, number, host, isolate } = TG.text;
  const card = $('card');

  const swatch = (kind, status = 'active') => {
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    line.setAttribute('class', 'swatch');
    line.setAttribute('viewBox', '0 0 30 10');
    line.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', 'M1 5H29');
    path.style.stroke = kind ? `var(--${kind})` : 'currentColor';
    if (DASHES[status].length) path.style.strokeDasharray = DASHES[status].join(' ');
    line.append(path);
    return line;
  };
  const bdi = (text, attributes = {}) => el('bdi', { ...attributes, text });
  const both = (tie) => { const [a, b] = endsOf(tie); return `${isolate(name(a))} – ${isolate(name(b))}`; };
  const kindName = (tie) => t(`kind_${kindOf(tie)}`);
  const statusName = (tie) => t(`status_${statusOf(tie)}`);
  const where = (place) => [place.region && place.home ? region(place.region) : '', country(place.country)].filter(Boolean).join(', ');

  // --- beside the pointer
  function tip({ place, tie }) {
    if (tie) {
      return [
        el('strong', { dir: 'auto', text: both(tie) }),
        el('div', { class: 'line' }, swatch(kindOf(tie), statusOf(tie)), `${kindName(tie)}, ${statusName(tie)}`),
        el('div', { text: span(tie) }),
        tie.signed && el('div', { class: 'quiet', dir: 'auto', text: `${t('signed')}: ${tie.signed.join('; ')}` }),
        ...sourceNames(tie.said).slice(0, 2).map((text) => el('div', { class: 'quiet', dir: 'auto', text })),
      ];
    }
    const own = TG.state.shown.filter((each) => each.a === place.id || each.b === place.id);
    const count = partnersOf(place, own).size;
    return [
      el('strong', {}, bdi(name(place))), ' ', el('span', { class: 'quiet', text: where(place) }),
      el('div', { text: count ? t('n_partners', { n: count }) : '' }),
      ...own.slice(0, 6).map((each) => el('div', { class: 'line' }, swatch(kindOf(each), statusOf(each)),
        el('span', {}, bdi(name(otherEnd(each, place))), `, ${span(each)}`))),
      own.length > 6 && el('div', { class: 'quiet', text: t('n_more', { n: own.length - 6 }) }),
      own.length === 1 && own[0].signed && el('div', { class: 'quiet', dir: 'auto', text: `${t('signed')}: ${own[0].signed.join('; ')}` }),
      ...(own.length === 1 ? sourceNames(own[0].said).slice(0, 2).map((text) => el('div', { class: 'quiet', dir: 'auto', text })) : []),
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
    const text = source.title || host(source);
    return el('span', {},
      source.url ? el('a', { href: source.url, target: '_blank', rel: 'noopener noreferrer', dir: 'auto', text }) : bdi(text),
      source.title && source.url ? ` (${host(source)}${source.published ? `, ${date(source.published)}` : ''})` : '');
  }
  function sayings(said) {
    if (!said?.length) return null;
    return el('div', { class: 'said' }, el('h4', { text: t('said') }), el('ul', {}, said.map((saying) => el('li', {},
      saying.words ? el('q', { dir: 'auto', text: saying.words }) : null,
      saying.words ? ' ' : null,
      el('span', { class: 'quiet' }, ...facts(saying)),
      ...cited(saying).map((id) => el('div', {}, link(id)))))));
  }
  function facts(saying) {
    const parts = [];
    if (saying.names?.length) parts.push(saying.names.join(' – '));
    if (saying.kind) parts.push(TG.text.has(`kind_${saying.kind}`) ? t(`kind_${saying.kind}`) : saying.kind);
    if (saying.status) parts.push(TG.text.has(`status_${saying.status}`) ? t(`status_${saying.status}`) : saying.status);
    if (saying.since || saying.until) parts.push(span(saying));
    if (saying.on) parts.push(t('said_on', { date: date(saying.on) }));
    return [el('span', { dir: 'auto', text: parts.join(' · ') })];
  }
  function tieDetails(tie) {
    const row = (key, value) => value && [el('dt', { text: t(key) }), el('dd', { dir: 'auto', text: value })];
    return [
      tie.disputed && el('p', { class: 'warn', text: `⚠ ${t('disputed')}` }),
      el('dl', {},
        row('signed', tie.signed?.join('; ')), row('approved', tie.approved), row('themes', tie.themes?.join(', '))),
      sayings(tie.said),
    ];
  }
  const badge = (tie) => el('span', { class: 'badge' }, swatch(kindOf(tie), statusOf(tie)), ` ${kindName(tie)}, ${statusName(tie)}`);
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
    const own = place.ties.filter((tie) => TG.state.shown.includes(tie));
    const names = [place.n.en, place.n.uk, place.n.local].filter((each) => each && each !== name(place));
    const facts = [
      place.type === 'municipality' && place.kind ? kindOfPlace(place.kind) : '', where(place),
      place.pop ? `${t('population')}: ${number(place.pop)}` : '',
    ].filter(Boolean);
    return [
      head(bdi(name(place))),
      names.length > 0 && el('p', { class: 'quiet names' }, ...[...new Set(names)].flatMap((each, i) => [i ? ' · ' : '', bdi(each)])),
      el('p', { class: 'facts', text: facts.join(' · ') }),
      place.unplaced && el('p', { class: 'warn', dir: 'auto', text: `⚠ ${t('unplaced', { n: 1 })}: ${reason(place)}` }),
      own.length > 0 && el('h3', { text: `${t('n_ties', { n: own.length })}` }),
      ...[...own].sort(byDate).map((tie) => tieItem(tie, place, own.length === 1)),
      joinList(place.members, 'members', (join) => join.a),
      joinList(place.joins, 'member_of', (join) => join.b),
      place.flows.length > 0 && el('h3', { text: t('flows') }),
      place.flows.length > 0 && el('ul', { class: 'list' }, place.flows.map(flowItem)),
    ];
  }
  function joinList(joins, key, end) {
    if (!joins.length) return null;
    return [el('h3', { text: t(key) }), el('ul', { class: 'list' }, joins.map((join) => el('li', {},
      placeButton(places[end(join)]), join.note && el('div', { class: 'quiet', dir: 'auto', text: join.note }),
      ...[...new Set((join.said || []).flatMap(cited))].map((id) => el('div', {}, link(id))))))];
  }
  const placeButton = (place) => el('button', { type: 'button', class: 'plain', dir: 'auto', text: name(place), on: { click: () => choose({ place }) } });
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
    card.replaceChildren(...(now ? (now.place ? placeCard(now.place) : tieCard(now.tie)) : []).flat(2).filter(Boolean));
    if (now) card.scrollTop = 0;
  }
  function choose(what) {
    TG.state.set({ select: what, hover: null });
    TG.view.show(what);
  }
  return { tip, render, choose, swatch, link, kindName, statusName, both, cited, placeButton, where, reason, byDate };
})();

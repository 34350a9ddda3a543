// One box for any spelling: names in every language, former names, countries.
TG.search = (() => {
  const input = $('search');
  const list = $('found');
  let found = [];
  let at = -1;

  // Case, accents, apostrophes and hyphens do not matter.
  const fold = (text) => text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase()
    .replace(/[łŁ]/g, 'l').replace(/ø/g, 'o').replace(/ß/g, 'ss').replace(/[’'ʼ`´]/g, '').replace(/[-–—.,() \t]+/g, ' ').trim();
  let entries = null; // made when the page rests, or at the first letter
  const index = () => entries ??= [
    ...places.slice(0, towns).filter((place) => place.ties.length || place.members.length || place.joins.length || place.flows.length || place.home)
      .map((place) => ({ place, names: [...new Set([place.n.en, place.n.uk, place.n.local, ...(place.aliases?.split('\n') ?? [])].filter(Boolean))] })),
    ...Object.entries(data.countries).filter(([code]) => TG.land.concerned.has(code))
      .map(([code, country]) => ({ code, names: [country.n.en, country.n.uk, code, ...(country.aliases || [])].filter(Boolean) })),
  ].map((entry) => ({ ...entry, text: `\n${fold(entry.names.join('\n'))}\n` }));

  function look(text) {
    const wanted = fold(text);
    if (!wanted) return [];
    const marks = [`\n${wanted}\n`, `\n${wanted}`, ` ${wanted}`, wanted];
    return index().filter((entry) => entry.text.includes(wanted)).map((entry) => {
      const rank = marks.findIndex((mark) => entry.text.includes(mark));
      const at = entry.text.indexOf(marks[rank]) + (rank < 2 ? 1 : 0);
      return { ...entry, rank, by: entry.names[entry.text.slice(1, at).split('\n').length - 1] };
    })
      .sort((a, b) => a.rank - b.rank || (b.place?.ties.length || 0) - (a.place?.ties.length || 0) || a.names[0].localeCompare(b.names[0]))
      .slice(0, 12);
  }
  const title = (entry) => (entry.place ? TG.text.name(entry.place) : TG.text.country(entry.code));
  function render() {
    found = look(input.value);
    at = found.length ? 0 : -1;
    list.replaceChildren(...(found.length ? found.map((entry, i) => el('li', {
      role: 'option', id: `found-${i}`, 'aria-selected': String(i === at), on: { pointerdown: (event) => { event.preventDefault(); choose(i); } },
    }, el('bdi', { text: title(entry) }),
    entry.by !== title(entry) ? el('span', { class: 'quiet', dir: 'auto', text: ` ${entry.by}` }) : null,
    el('span', { class: 'quiet', text: entry.place ? ` ${TG.text.country(entry.place.country)}` : ` ${t('country')}` })))
      : input.value.trim() ? [el('li', { class: 'none', text: t('search_none') })] : []));
    open(Boolean(input.value.trim()));
  }
  function open(yes) {
    list.hidden = !yes;
    input.setAttribute('aria-expanded', String(yes));
    mark();
  }
  function mark() {
    [...list.children].forEach((node, i) => node.setAttribute('aria-selected', String(i === at)));
    if (at >= 0 && !list.hidden) input.setAttribute('aria-activedescendant', `found-${at}`);
    else input.removeAttribute('aria-activedescendant');
  }
  function choose(i) {
    const entry = found[i];
    if (!entry) return;
    input.value = '';
    open(false);
    if (entry.place) TG.card.choose({ place: entry.place });
    else if (groups.has(entry.code)) TG.view.openCountry(groups.get(entry.code));
    else TG.state.set({ countries: new Set([entry.code]), select: null });
  }
  input.addEventListener('input', render);
  input.addEventListener('focus', () => { if (input.value.trim()) render(); });
  input.addEventListener('blur', () => open(false));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (found.length) at = (at + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % found.length;
      mark();
    } else if (event.key === 'Enter') choose(at);
    else if (event.key === 'Escape' && input.value) { input.value = ''; open(false); event.stopPropagation(); }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && !/INPUT|TEXTAREA/.test(document.activeElement?.tagName || '')) {
      event.preventDefault();
      input.focus();
    } else if (event.key === 'Escape' && chosen.select) TG.state.set({ select: null });
  });
  return { fold, look, index };
})();

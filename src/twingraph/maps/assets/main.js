// Put it together, and redraw what a change touches.
function everything() {
  TG.text.apply();
  TG.scene.refresh();
  for (const button of document.querySelectorAll('[data-layout]')) button.setAttribute('aria-pressed', String(button.dataset.layout === chosen.layout));
  $('network-note').hidden = chosen.layout === 'map';
  TG.panel.title();
  TG.panel.legend();
  TG.panel.overview();
  TG.panel.table();
  TG.panel.about();
  TG.panel.shown();
  TG.view.keepFree();
  TG.card.render();
  TG.view.redraw();
}
function update(what) {
  if (what !== 'hover') {
    for (const button of document.querySelectorAll('[data-layout]')) button.setAttribute('aria-pressed', String(button.dataset.layout === chosen.layout));
    $('network-note').hidden = chosen.layout === 'map';
    const kept = document.activeElement?.id;
    const pressed = document.activeElement?.closest?.('.key, .bar') ? [...document.querySelectorAll('.key, .bar')].indexOf(document.activeElement) : -1;
    TG.scene.refresh();
    TG.panel.legend();
    TG.panel.overview();
    TG.panel.table();
    TG.panel.shown();
    TG.view.keepFree();
    TG.card.render();
    if (kept) $(kept)?.focus();
    else if (pressed >= 0) document.querySelectorAll('.key, .bar')[pressed]?.focus();
  }
  TG.view.redraw();
}
for (const button of document.querySelectorAll('[data-lang]')) {
  button.addEventListener('click', () => {
    TG.text.lang = button.dataset.lang;
    everything();
    TG.state.set({});
  });
}
$('theme').addEventListener('click', () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  TG.view.readColours();
  TG.view.redraw();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { TG.view.readColours(); TG.view.redraw(); });
window.addEventListener('hashchange', () => { TG.state.restore(); everything(); });

// The map first; what stands beside it when the first frame is drawn.
TG.state.restore();
TG.text.apply();
TG.panel.title();
TG.scene.refresh();
TG.view.start(() => {
  everything();
  if (chosen.select) TG.view.show(chosen.select);
  else {
    // A link to opened countries shows these, as the click did that opened them.
    const opened = TG.scene.present.filter((place) => data.gather && !place.group && chosen.open.has(place.country) && !data.open.includes(place.country));
    if (opened.length) TG.view.fit(opened, { most: 0.6 });
  }
  setTimeout(TG.search.index, 50);
});
TG.state.listen(update);
for (const button of document.querySelectorAll('[data-layout]')) {
  button.addEventListener('click', () => {
    TG.state.set({ layout: button.dataset.layout });
    TG.view.fit(TG.view.core());
  });
}
window.twingraph = { data, places, ties, state: TG.state, view: TG.view, scene: TG.scene, look: TG.search.look, svg: TG.save.svg, csv: TG.save.csv, chipAt: TG.labels.chipAt, spot: (id) => TG.scene.spot(places[id], TG.view.now) };

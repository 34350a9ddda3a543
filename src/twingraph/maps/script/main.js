// Put the page together, and redraw what a change touches.
import { data, network, words } from './data.js';
import { $, applyWords } from './dom.js';
import * as camera from './map/camera.js';
import { clickAt, startClicking } from './map/clicking.js';
import { startHovering } from './map/hovering.js';
import { chipAt } from './map/labels.js';
import { insetView, placeOf } from './map/inset.js';
import * as scene from './map/scene.js';
import { describeHovered, renderCard } from './panel/card.js';
import { renderCounts, renderTabs, renderTitle, startTabs } from './panel/frame.js';
import { renderLegend } from './panel/legend.js';
import { renderOverview } from './panel/overview.js';
import { makeCsv, makeSvg, startSaving } from './saving.js';
import { look, prepareSearch, startSearch } from './search.js';
import { chosen, onChange, restore, setChosen, shownTies } from './state.js';

const all = (selector) => [...document.querySelectorAll(selector)];
const darkScheme = matchMedia('(prefers-color-scheme: dark)');

function renderChoices() {
  for (const button of all('[data-layout]')) {
    button.setAttribute('aria-pressed', String(button.dataset.layout === chosen.layout));
  }
  $('network-note').hidden = chosen.layout === 'map';
  scene.refreshScene();
  renderTitle();
  renderLegend();
  renderOverview();
  renderTabs();
  renderCounts();
  camera.keepFree();
  renderCard();
  camera.redraw();
}

function renderEverything() {
  applyWords();
  renderChoices();
}

// Lines of the legend and bars are made again: the focus stays on the one that was pressed.
function update(what) {
  if (what === 'hover') {
    camera.redraw();
    return;
  }
  const focused = document.activeElement;
  const position = focused?.closest?.('.key, .bar') ? all('.key, .bar').indexOf(focused) : -1;
  const id = focused?.id;
  renderChoices();
  if (id) $(id)?.focus();
  else if (position >= 0) all('.key, .bar')[position]?.focus();
}

function refreshTheme() {
  camera.refreshColours();
  camera.redraw();
}

function listen() {
  for (const button of all('[data-lang]')) {
    button.addEventListener('click', () => {
      words.setLanguage(button.dataset.lang);
      renderEverything();
      setChosen({});
    });
  }
  for (const button of all('[data-layout]')) {
    button.addEventListener('click', () => {
      setChosen({ layout: button.dataset.layout });
      camera.showFirst();
    });
  }
  $('theme').addEventListener('click', () => {
    const { dataset } = document.documentElement;
    const isDark = dataset.theme ? dataset.theme === 'dark' : darkScheme.matches;
    dataset.theme = isDark ? 'light' : 'dark';
    refreshTheme();
  });
  darkScheme.addEventListener('change', refreshTheme);
  window.addEventListener('hashchange', () => {
    restore();
    renderEverything();
  });
}

function showFirstView() {
  renderEverything();
  if (chosen.select) camera.show(chosen.select);
  else {
    // A link to opened countries shows them, as the click did that opened them.
    const isOpened = ({ group, country }) => !group && chosen.open.has(country) && !data.open.includes(country);
    const opened = data.gather ? scene.presentPlaces().filter(isOpened) : [];
    if (opened.length) camera.fit(opened, { mostScale: 0.6 });
  }
  setTimeout(prepareSearch, 50);
}

// The map first; the rest when the first frame is drawn.
restore();
applyWords();
renderTitle();
scene.refreshScene();
listen();
startTabs();
startSearch();
startSaving();
startHovering(describeHovered);
startClicking();
camera.startCamera({ onDrawn: showFirstView, clickAt });
onChange(update);

// For tests and measures.
window.twingraph = {
  data,
  places: network.places,
  ties: network.ties,
  look,
  csv: makeCsv,
  svg: makeSvg,
  chipAt,
  spot: (id) => scene.dotOf(network.places[id], camera.currentView()),
  inset: () => {
    const place = placeOf(camera.currentView().k);
    return place && { ...place, view: insetView(), spot: (id) => scene.dotOf(network.places[id], insetView()) };
  },
  fan: () => scene.fanIn(camera.currentView()) ?? (placeOf(camera.currentView().k) && scene.fanIn(insetView())),
  state: {
    set: setChosen,
    get year() {
      return chosen.year;
    },
    get shown() {
      return shownTies();
    },
  },
  scene: {
    focus: scene.focus,
    get present() {
      return scene.presentPlaces();
    },
  },
  view: {
    moveTo: camera.moveBy,
    show: camera.show,
    get now() {
      return camera.currentView();
    },
    get colours() {
      return camera.currentColours();
    },
  },
};

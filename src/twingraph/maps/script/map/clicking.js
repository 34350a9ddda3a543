// What a click on the map, or on its inset, does; and the key that opens one cluster after the other.
import { $, announce } from '../dom.js';
import { chosen, setChosen } from '../state.js';
import { MOST_SCALE, currentView, fit, openCountry } from './camera.js';
import { hideTip } from './hovering.js';
import { insetView, placeOf } from './inset.js';
import { chipAt } from './labels.js';
import * as scene from './scene.js';

const FINGER = 16; // pixels that a tap may miss by
const POINTER = 5;
const MOST_IN_FAN = 40;

/**
 * Choose what was clicked.
 *
 * @param {{x: number, y: number}} point Where, in pixels.
 * @param {object} own The view that was clicked: of the map or of its inset.
 * @param {boolean} isFinger Whether a finger clicked, which may miss by more.
 */
export function clickAt({ x, y }, own, isFinger) {
  hideTip();
  const chip = chipAt(x, y, own);
  if (chip) {
    fit(chip.places, { isAnimated: true, mostScale: 0.25 });
    return;
  }
  const found = scene.pick(x, y, own, isFinger ? FINGER : POINTER);
  if (found?.gathered) showGathered(found.gathered, own);
  else if (found?.place?.group) openCountry(found.place);
  else setChosen({ select: found, hover: null });
}

// A cluster opens as a fan; a larger one is shown from nearer, where its places are apart.
function showGathered(gathered, own) {
  const spots = new Set(gathered.map((place) => scene.positionOf(place).join()));
  if (gathered.length <= MOST_IN_FAN || spots.size === 1) setChosen(scene.openFan(gathered[0], own));
  else fit(gathered, { isAnimated: true, mostScale: MOST_SCALE });
}

// The clusters in sight, from left to right, those of the inset first.
function clustersInSight() {
  const view = currentView();
  const views = placeOf(view.k) ? [insetView(), view] : [view];
  return views.flatMap((own) =>
    scene
      .presentPlaces()
      .map((place) => ({ place, own, dot: scene.dotOf(place, own) }))
      .filter(({ dot: { x, y, members } }) => members && x > 0 && x < own.w && y > 0 && y < own.h)
      .sort((a, b) => a.dot.x - b.dot.x),
  );
}
function openNextFan(step) {
  const among = clustersInSight();
  if (!among.length) return;
  const now = among.findIndex(({ place }) => place === chosen.fan?.places[0]);
  const { place, own } = among[(now < 0 && step < 0 ? 0 : now + step + among.length) % among.length];
  setChosen(scene.openFan(place, own));
  announce($('card').querySelector('h2').textContent);
}

/**
 * Listen to the key that opens the clusters, one after the other.
 */
export function startClicking() {
  $('map').addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.toLowerCase() !== 'f') return;
    openNextFan(event.shiftKey ? -1 : 1);
    event.preventDefault();
  });
}

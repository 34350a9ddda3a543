// The camera and the canvas: vis-network pans, zooms and draws the places; the layers below and above them are ours.
import { data, network } from '../data.js';
import { $, IS_FRAMED } from '../dom.js';
import { unpack } from '../logic/columns.js';
import { fitSpots } from '../logic/insets.js';
import { chosen, setChosen } from '../state.js';
import { drawFan, drawPlace, drawTies } from './drawing.js';
import { endHover, handleHover, hideTip } from './hovering.js';
import * as inset from './inset.js';
import { moveInsetBox, redrawInsetBox, startInsetBox } from './inset_box.js';
import { drawLabels } from './labels.js';
import { drawLand } from './land.js';
import { readColours } from './palette.js';
import * as scene from './scene.js';

const POLE_KM = 8393; // from the equator, on Equal Earth
const LEAST_SCALE = 0.01; // pixels per km
/** The largest scale of the map. */
export const MOST_SCALE = 9;
const ZOOM_STEP = 1.6;
const PAUSE_MILLISECONDS = 90;
const [NEAR_SCALE, FIRST_SCALE] = [1.5, 2]; // of a view that shows one place: at least; some places: at most

const box = $('map');
const wantsStillness = matchMedia('(prefers-reduced-motion: reduce)');
let camera = null; // of vis-network
let isTouched = false; // by the reader: else a new size shows the first view again
let whenDrawn = null;
let click = null;
let view = { k: 1, tx: 0, ty: 0, w: 1, h: 1, dpr: 1 };
let colours = {};
let kept = [];
let insetRedraw = 0;

// vis-network knows where places are on the map: those of opened countries and of the network layout are ours to draw.
const drawsOwnPlaces = () => data.gather || chosen.layout === 'network';

// Run `act` in screen pixels on a canvas that vis-network has moved and scaled.
function inPixels(ctx, act) {
  ctx.save();
  ctx.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
  act();
  ctx.restore();
}

function readView(ctx) {
  const matrix = ctx.getTransform();
  const k = camera.getScale();
  const dpr = matrix.a / k;
  const beside = inset.placeOf(k);
  view = {
    k,
    dpr,
    tx: matrix.e / dpr,
    ty: matrix.f / dpr,
    w: ctx.canvas.width / dpr,
    h: ctx.canvas.height / dpr,
    kept: beside ? [...kept, beside.rect] : kept,
    strip: beside?.strip ?? 0,
    framed: beside ? inset.shownPart() : undefined,
  };
}

/**
 * Set the camera up and draw the first frame.
 *
 * @param {object} options Options.
 * @param {function(): void} options.onDrawn Called once the first frame is drawn.
 * @param {function(object, object, boolean): void} options.clickAt Called at a click with the point in pixels, the view
 *   and whether a finger clicked.
 */
export function startCamera({ onDrawn, clickAt }) {
  whenDrawn = onDrawn;
  click = clickAt;
  colours = readColours();
  const renderer = ({ ctx, id }) => ({
    drawNode: () => drawsOwnPlaces() || inPixels(ctx, () => drawPlace(ctx, network.places[id], view, colours)),
    nodeDimensions: { width: 1, height: 1 },
  });
  $('stage').classList.add('tall'); // on a narrow screen, for the inset below the map
  camera = new vis.Network(
    box,
    { nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(unpack(data.edges)) },
    { ...data.options, nodes: { ...data.options.nodes, shape: 'custom', ctxRenderer: renderer } },
  );
  camera.on('beforeDrawing', drawBelow);
  camera.on('afterDrawing', drawAbove);
  camera.on('click', handleClick);
  for (const event of ['dragStart', 'zoom']) {
    camera.on(event, () => {
      isTouched = true;
      hideTip();
      showStill(event === 'dragStart' ? 4000 : 160);
    });
  }
  for (const event of ['dragEnd', 'animationFinished']) camera.on(event, () => showStill(0));
  // After this event vis-network changes the scale by that of the sizes: the first view is set when it has.
  camera.on('resize', () => {
    setTimeout(() => {
      keepFree();
      if (!isTouched) showFirst();
    });
  });
  listenToPointer();
  startInsetBox({
    clickAt: (...where) => {
      isTouched = true;
      click(...where);
    },
    onToggle: () => {
      showFirst();
      redraw();
    },
  });
  box.addEventListener('keydown', handleKey);
  for (const button of document.querySelectorAll('[data-zoom]')) {
    button.addEventListener('click', () => zoomBy(button.dataset.zoom));
  }
  box.querySelector('canvas').setAttribute('aria-hidden', 'true');
  box.querySelector('.vis-network')?.removeAttribute('tabindex');
  showFirst();
  if (!inset.isArranged()) $('stage').classList.remove('tall');
}

function drawBelow(ctx) {
  readView(ctx);
  inPixels(ctx, () => {
    if (isMoving && isStillGood()) {
      drawStill(ctx);
      return;
    }
    drawLand(ctx, view, colours);
    drawTies(ctx, view, colours);
    if (drawsOwnPlaces()) for (const place of scene.presentPlaces().toReversed()) drawPlace(ctx, place, view, colours);
  });
}

function drawAbove(ctx) {
  if (!(isMoving && isStillGood())) {
    inPixels(ctx, () => {
      inset.drawFrame(ctx, view, colours);
      drawLabels(ctx, view, colours);
      drawFan(ctx, view, colours);
    });
    if (scene.isHeavy() && !whenDrawn) keepStill(ctx);
  }
  if (moveInsetBox(view)) {
    keepFree();
    if (!whenDrawn) setTimeout(redraw); // with what is free now
  }
  if (!whenDrawn) return;
  const [milliseconds, act] = [performance.now(), whenDrawn];
  whenDrawn = null;
  setTimeout(() => {
    act();
    document.documentElement.dataset.drawn = Math.round(milliseconds);
  });
}

function handleClick({ pointer, event }) {
  const isFinger = [event?.srcEvent, event?.pointers?.[0]].some((each) => each?.pointerType === 'touch');
  isTouched = true;
  click(pointer.DOM, view, isFinger);
}

function listenToPointer() {
  box.addEventListener('pointermove', (event) => {
    if (event.pointerType === 'mouse' && !event.buttons) handleHover(event, box, view);
  });
  box.addEventListener('pointerleave', endHover);
  if (!IS_FRAMED) return;
  // The wheel moves the notebook until the map was clicked.
  const passWheelOn = (event) => {
    if (!box.contains(document.activeElement) && !event.ctrlKey) event.stopImmediatePropagation();
  };
  box.addEventListener('wheel', passWheelOn, { capture: true });
  box.addEventListener('pointerdown', () => box.focus({ preventScroll: true }));
}

// While a crowded map moves, its last whole picture moves; when it rests, it is drawn again.
let isMoving = false;
let rest = 0;
let still = null;
function showStill(milliseconds) {
  clearTimeout(rest);
  isMoving = milliseconds > 0;
  if (isMoving) rest = setTimeout(() => showStill(0), milliseconds);
  else camera.redraw();
}
function keepStill(ctx) {
  const { width, height } = ctx.canvas;
  still ??= { canvas: document.createElement('canvas') };
  if (still.canvas.width !== width || still.canvas.height !== height) Object.assign(still.canvas, { width, height });
  still.canvas.getContext('2d').drawImage(ctx.canvas, 0, 0);
  still.view = { ...view };
  still.isGood = true;
}
function isStillGood() {
  return Boolean(scene.isHeavy() && still?.isGood && still.view.w === view.w && still.view.h === view.h);
}
function drawStill(ctx) {
  const times = view.k / still.view.k;
  ctx.fillStyle = colours.sea;
  ctx.fillRect(0, 0, view.w, view.h);
  const [x, y] = [view.tx - still.view.tx * times, view.ty - still.view.ty * times];
  ctx.drawImage(still.canvas, x, y, view.w * times, view.h * times);
}

/**
 * Measure where buttons and words cover the map, so that no name is written there.
 */
export function keepFree() {
  const frame = box.getBoundingClientRect();
  kept = [$('zoom'), $('shown')].map((node) => {
    const { left, top, width, height } = node.getBoundingClientRect();
    return { x: left - frame.left - 3, y: top - frame.top - 3, w: width + 6, h: height + 6 };
  });
}

/**
 * @returns {object[]} The places of the first view.
 */
export function corePlaces() {
  const present = scene.presentPlaces();
  const wanted = new Set(data.core);
  const isCore = (place) => wanted.has(place.id) && (scene.partnerCount(place) || !place.ties.length);
  const core = present.filter(isCore);
  return chosen.layout === 'network' || !core.length ? present : core;
}

/**
 * Show some places, with room for their names.
 *
 * @param {object[]} among The places.
 * @param {object} options Options.
 * @param {boolean} options.isAnimated Whether the view glides there.
 * @param {number} options.mostScale The largest scale, pixels per km.
 */
export function fit(among, { isAnimated = false, mostScale = FIRST_SCALE } = {}) {
  const spots = among.map(scene.positionOf).filter(Boolean);
  if (!spots.length) return;
  const { clientWidth: w, clientHeight } = box;
  const strip = inset.placeOf(camera.getScale())?.strip ?? 0;
  const h = clientHeight - strip;
  const { k, x, y } = fitSpots(spots, { w, h }, mostScale);
  const scale = Math.max(LEAST_SCALE, k);
  moveCamera({ position: { x, y: keepOnEarth(y, h / 2 / scale) + strip / 2 / scale }, scale }, isAnimated);
}

/**
 * Show the first view: the places of the core, and home in an inset where that is needed.
 *
 * @param {boolean} isAnimated Whether the view glides there.
 */
export function showFirst(isAnimated = false) {
  showBesideInset(corePlaces(), isAnimated);
}

function showBesideInset(among, isAnimated) {
  const { clientWidth: w, clientHeight: h } = box;
  const first = inset.arrange(among.map(scene.positionOf).filter(Boolean), { w, h }, FIRST_SCALE);
  if (!first) fit(among, { isAnimated });
  else moveCamera({ position: { x: first.x, y: first.y }, scale: Math.max(LEAST_SCALE, first.k) }, isAnimated);
}

// A map of the world ends at the poles: no view shows more beyond them than it must.
function keepOnEarth(y, half) {
  if (chosen.layout !== 'map' || data.projection !== 'Equal Earth') return y;
  return half < POLE_KM ? Math.min(POLE_KM - half, Math.max(half - POLE_KM, y)) : 0;
}

function moveCamera(options, isAnimated) {
  const isSmooth = isAnimated && !wantsStillness.matches && !document.hidden;
  if (isSmooth) showStill(2000);
  camera.moveTo({ ...options, animation: isSmooth ? { duration: 450, easingFunction: 'easeInOutQuad' } : false });
}

function zoomBy(how) {
  isTouched = how !== 'home';
  if (how === 'home') showFirst(true);
  else if (how === 'all') showBesideInset(scene.presentPlaces(), true);
  else {
    const scale = camera.getScale() * (how === 'in' ? ZOOM_STEP : 1 / ZOOM_STEP);
    moveCamera({ scale: Math.min(MOST_SCALE, Math.max(LEAST_SCALE, scale)) }, true);
  }
}

function handleKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = 80 / camera.getScale();
  const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
  const zooms = { '+': 'in', '=': 'in', '-': 'out', 0: 'home', 1: 'all' };
  if (moves[event.key]) {
    const { x, y } = camera.getViewPosition();
    const [dx, dy] = moves[event.key];
    moveCamera({ position: { x: x + dx, y: y + dy } }, false);
    isTouched = true;
  } else if (zooms[event.key]) zoomBy(zooms[event.key]);
  else if (event.key === 'Enter' && document.activeElement === box) $('card').focus();
  else return;
  event.preventDefault();
}

/**
 * Open a country of a gathered map into its places.
 *
 * @param {object} group The country's group.
 */
export function openCountry(group) {
  setChosen({ open: new Set(chosen.open).add(group.country), select: { place: group }, hover: null });
  fit(group.places.filter(scene.sizeOf), { isAnimated: true, mostScale: 0.6 });
}

/**
 * Close a country of a gathered map again.
 *
 * @param {string} code The country.
 */
export function closeCountry(code) {
  const open = new Set(chosen.open);
  open.delete(code);
  setChosen({ open });
}

/**
 * Bring a place, a tie, a pair or a programme into sight; a view that shows it already stays.
 *
 * @param {object} what A choice, as `chosen.select`; with `isNear` even a place in sight is brought near.
 */
export function show({ place, tie, pair, programme, isNear }) {
  let ends = pair ?? [place];
  if (tie) ends = [network.places[tie.a], network.places[tie.b]];
  else if (programme) ends = programme.parts.map((part) => network.places[part.a]);
  const among = ends.map(scene.drawnFor).filter((each) => scene.dotOf(each, view));
  const isInSight = (each) => {
    const { x, y, isFramed } = scene.dotOf(each, view);
    return isFramed || (x > 30 && x < view.w - 30 && y > 20 && y < view.h - view.strip - 20);
  };
  if (!among.length || (!isNear && among.every(isInSight))) return;
  isTouched = true;
  fit(among, { isAnimated: true, mostScale: Math.max(view.k, isNear ? NEAR_SCALE : place ? 0.3 : 0.2) });
}

/**
 * Select a place, a tie or a programme and bring it into sight, opening its country where it is gathered.
 *
 * @param {object} what A choice, as `chosen.select`.
 */
export function selectAndShow(what) {
  const code = what.place && !what.place.group && data.gather ? what.place.country : null;
  const open = code && !chosen.open.has(code) ? { open: new Set(chosen.open).add(code) } : {};
  setChosen({ select: what, hover: null, ...open });
  show(what);
}

/**
 * Draw the map again, and its inset; that of a crowded map when the changes pause.
 */
export function redraw() {
  if (still) still.isGood = false;
  camera?.redraw();
  clearTimeout(insetRedraw);
  const redrawInset = () => redrawInsetBox(view, colours);
  if (scene.isHeavy()) insetRedraw = setTimeout(redrawInset, PAUSE_MILLISECONDS);
  else if (!whenDrawn) redrawInset();
}

/**
 * Take the colours of the current theme.
 */
export function refreshColours() {
  colours = readColours();
}

/**
 * Move the map by some pixels, for the measure of its speed.
 *
 * @param {number} k The scale.
 * @param {number} dx Pixels.
 * @param {number} dy Pixels.
 */
export function moveBy(k, dx = 0, dy = 0) {
  showStill(400);
  const { x, y } = camera.getViewPosition();
  camera.moveTo({ position: { x: x + dx / k, y: y + dy / k }, scale: k });
}

/**
 * @returns {object} The view now: scale `k`, shift `tx`, `ty`, size `w`, `h` in pixels.
 */
export function currentView() {
  return view;
}

/**
 * @returns {Object<string, string>} The colours now.
 */
export function currentColours() {
  return colours;
}

// The ground of the map: country outlines as paths, built once.
import { data, network } from '../data.js';
import { chosen, isArrowLeft, isShown, shownTies } from '../state.js';

const { arcs, unit, countries, regions, lines } = data.outlines;

const decodedArcs = arcs.map((steps) => {
  const points = new Float64Array(steps.length);
  let x = 0;
  let y = 0;
  for (let i = 0; i < steps.length; i += 2) {
    points[i] = x += steps[i];
    points[i + 1] = y += steps[i + 1];
  }
  return points;
});

function trace(path, points, isBackwards, begins) {
  const n = points.length / 2;
  for (let i = 0; i < n; i += 1) {
    const at = 2 * (isBackwards ? n - 1 - i : i);
    if (i === 0 && begins) path.moveTo(points[at], points[at + 1]);
    else path.lineTo(points[at], points[at + 1]);
  }
}
function traceArea(rings, path) {
  for (const ring of rings) {
    ring.forEach((arc, i) => trace(path, decodedArcs[arc < 0 ? ~arc : arc], arc < 0, i === 0));
    path.closePath();
  }
  return path;
}
function traceLines(members, path) {
  for (const arc of members) trace(path, decodedArcs[arc], false, true);
  return path;
}
const traceShape = (shape, path) => (shape.rings ? traceArea(shape.rings, path) : traceLines(shape.arcs, path));

const isTied = (place) => (network.ties.length ? place.ties : place.arrows).length > 0;
const countriesOf = (among) => new Set(among.map((place) => place.country));
const sideCountries = (side) => countriesOf(network.places.filter((place) => place.side === side));

/** Codes of the countries that have a place with a partnership. */
export const tiedCountries = countriesOf(network.places.filter((place) => !place.group && isTied(place)));
const firstSide = sideCountries(1);
// The second of two sides has a ground of its own where the sides are in different countries.
const secondSide = new Set([...sideCountries(2)].filter((code) => !firstSide.has(code)));

// The countries that are tinted: those of what the filters leave.
function shapesOfGround() {
  const isLeft = (place) => (network.ties.length ? place.ties.some(isShown) : place.arrows.some(isArrowLeft));
  const left = network.places.filter((place) => !place.group && isLeft(place));
  const tinted = countriesOf(left);
  const homelands = countriesOf(left.filter((place) => place.home));
  const rings = (codes) => codes.flatMap((code) => countries[code] ?? []);
  const inScope = data.scope.type === 'region' ? regions[data.scope.key] : undefined;
  const others = Object.keys(countries).filter((code) => !tinted.has(code));
  const partners = [...tinted].filter((code) => !homelands.has(code));
  return [
    { fill: 'land', rings: rings(others) },
    { fill: 'partner', rings: rings(partners) },
    { fill: 'side_2_land', rings: rings([...homelands].filter((code) => secondSide.has(code))) },
    { fill: 'home', rings: rings([...homelands].filter((code) => !secondSide.has(code))) },
    ...(inScope ? [{ fill: 'scope', rings: inScope }] : []),
    { stroke: 'coast', width: 0.7, arcs: lines.coast },
    { stroke: 'oblast', width: 0.6, arcs: homelands.has('UA') ? lines.region : [], leastScale: 0.06 },
    { stroke: 'border', width: 0.9, arcs: lines.border },
    { stroke: 'border', width: 0.9, arcs: lines.dashed, dash: [4, 3] },
    ...(inScope ? [{ stroke: 'scopeLine', width: 1.5, rings: inScope }] : []),
  ];
}
let drawn = null; // the partnerships that `shapes` and `paths` are made for
let shapes = [];
let paths = null;
function refreshShapes() {
  if (drawn === shownTies()) return;
  drawn = shownTies();
  shapes = shapesOfGround();
  paths = null;
}
const isVisible = (shape, view) => !shape.leastScale || view.k >= shape.leastScale;

/**
 * Draw the ground under everything else.
 *
 * @param {CanvasRenderingContext2D} ctx A canvas in screen pixels.
 * @param {object} view The view.
 * @param {Object<string, string>} colours The colours.
 */
export function drawLand(ctx, view, colours) {
  ctx.fillStyle = colours.sea;
  ctx.fillRect(0, 0, view.w, view.h);
  if (chosen.layout !== 'map') return;
  refreshShapes();
  paths ??= shapes.map((shape) => traceShape(shape, new Path2D()));
  const scale = view.k * unit;
  ctx.save();
  ctx.translate(view.tx, view.ty);
  ctx.scale(scale, scale);
  ctx.lineJoin = 'round';
  shapes.forEach((shape, i) => {
    if (!isVisible(shape, view)) return;
    if (shape.fill) {
      ctx.fillStyle = colours[shape.fill];
      ctx.fill(paths[i], 'evenodd');
    } else {
      ctx.strokeStyle = colours[shape.stroke];
      ctx.lineWidth = shape.width / scale;
      ctx.setLineDash((shape.dash ?? []).map((length) => length / scale));
      ctx.stroke(paths[i]);
    }
  });
  ctx.restore();
}

/**
 * @param {object} view The view.
 * @param {Object<string, string>} colours The colours.
 * @returns {string} The ground as SVG elements.
 */
export function landAsSvg(view, colours) {
  refreshShapes();
  const scale = view.k * unit;
  const transform = `translate(${view.tx} ${view.ty}) scale(${scale})`;
  return shapes
    .filter((shape) => isVisible(shape, view))
    .map((shape) => {
      const steps = [];
      traceShape(shape, {
        moveTo: (x, y) => steps.push(`M${x},${y}`),
        lineTo: (x, y) => steps.push(`L${x},${y}`),
        closePath: () => steps.push('Z'),
      });
      const dash = shape.dash ? ` stroke-dasharray="${shape.dash.map((d) => d / scale).join(' ')}"` : '';
      const paint = shape.fill
        ? `fill="${colours[shape.fill]}" fill-rule="evenodd"`
        : `fill="none" stroke="${colours[shape.stroke]}" stroke-width="${shape.width / scale}"${dash}`;
      return `<path transform="${transform}" d="${steps.join('')}" ${paint}/>`;
    })
    .join('\n');
}

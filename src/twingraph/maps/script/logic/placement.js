// Where dots and labels are placed on the screen. A dot is always on its true spot: those that another would cover are
// gathered under it. The same zoom gives the same picture. Distances are pixels; the limits were chosen by hand.

const CROWD_CELL = 12; // of the grid in which crowding is counted
const CELL = 24; // of the grid in which dots look for one that covers them
const CLUSTER_RADIUS = 8; // at least: room for a number
const FAN_STEP = 25; // between the places of a fan

/**
 * Place the dots of a picture, each on its true spot. A dot that would be under another of its class, so that it could
 * not be seen or picked, is gathered under that one: the leader of a cluster.
 *
 * @param {Array<{id: number, x: number, y: number, r: number, class: string}>} wanted Dots at true spots, the most
 *   wanted first: of two that cover each other the first leads. Only dots of one class are gathered.
 * @param {number} scale The factor by which all are drawn smaller.
 * @returns {Map<number, object>} By id: `x`, `y`, `r`, `leader` (the id of the dot that it is gathered under, or null)
 *   and `members` (the ids of all dots of a cluster at its leader, itself the first, or null).
 */
export function placeDots(wanted, scale) {
  const dots = wanted.map((each) => ({ ...each, r: each.r * scale, leader: null, members: null }));
  const of = new Map(dots.map((dot) => [dot.id, dot]));
  const grid = new Map();
  for (const dot of dots) {
    const leader = coveringDot(dot, grid);
    if (leader) join(leader, dot, of);
    else addToGrid(grid, dot);
  }
  // A cluster is larger than its leader was alone: it covers more.
  const clusters = dots.filter((dot) => dot.members).sort((a, b) => b.members.length - a.members.length);
  for (const cluster of clusters) {
    if (cluster.leader !== null) continue;
    for (const dot of near(grid, cluster)) {
      const isFree = dot !== cluster && dot.leader === null && dot.class === cluster.class;
      if (isFree && !isMore(dot, cluster) && isCovered(dot, cluster)) join(cluster, dot, of);
    }
  }
  return of;
}

const isMore = (dot, other) => (dot.members?.length ?? 1) > (other.members?.length ?? 1);
const isCovered = (dot, by) => Math.hypot(dot.x - by.x, dot.y - by.y) < by.r + 0.25 * Math.min(dot.r, by.r);

function join(leader, dot, of) {
  leader.members ??= [leader.id];
  for (const id of dot.members ?? [dot.id]) {
    of.get(id).leader = leader.id;
    leader.members.push(id);
  }
  dot.members = null;
  leader.r = Math.max(leader.r, CLUSTER_RADIUS + (leader.members.length > 99 ? 3 : 0));
}

const cellOf = (value) => Math.floor(value / CELL);
function addToGrid(grid, dot) {
  const at = `${cellOf(dot.x)},${cellOf(dot.y)}`;
  if (grid.has(at)) grid.get(at).push(dot);
  else grid.set(at, [dot]);
}
function near(grid, { x, y }) {
  const found = [];
  for (let column = cellOf(x) - 1; column <= cellOf(x) + 1; column += 1) {
    for (let row = cellOf(y) - 1; row <= cellOf(y) + 1; row += 1) found.push(...(grid.get(`${column},${row}`) ?? []));
  }
  return found;
}
function coveringDot(dot, grid) {
  return near(grid, dot).find((other) => other.class === dot.class && isCovered(dot, other));
}

/**
 * Set the places of a cluster in a fan about it: in rings, so that each can be seen and picked.
 *
 * @param {number} count How many places.
 * @param {{x: number, y: number, r: number}} dot The cluster.
 * @param {{w: number, h: number}} view The picture, within which the fan stays where it can.
 * @returns {{x: number, y: number, reach: number, spots: object[]}} The middle of the fan, its radius and the spots.
 */
export function fanSpots(count, dot, view) {
  const spots = [];
  let radius = dot.r + FAN_STEP;
  for (let left = count; left > 0; radius += FAN_STEP) {
    const room = Math.min(left, Math.floor((2 * Math.PI * radius) / FAN_STEP));
    for (let i = 0; i < room; i += 1) {
      const turn = (2 * Math.PI * i) / room - Math.PI / 2;
      spots.push({ x: radius * Math.cos(turn), y: radius * Math.sin(turn) });
    }
    left -= room;
  }
  const reach = radius - FAN_STEP + 14;
  const within = (at, size) => (size > 2 * reach ? Math.min(size - reach, Math.max(reach, at)) : size / 2);
  const [x, y] = [within(dot.x, view.w), within(dot.y, view.h)];
  return { x, y, reach, spots: spots.map((spot) => ({ x: x + spot.x, y: y + spot.y })) };
}

/**
 * @param {Array<{x: number, y: number}>} dots Dots at their true spots.
 * @returns {number} The factor by which all are drawn smaller, from 0.4 to 1: the less, the more they crowd.
 */
export function crowdScale(dots) {
  const grid = new Map();
  for (const { x, y } of dots) {
    const at = `${Math.floor(x / CROWD_CELL)},${Math.floor(y / CROWD_CELL)}`;
    grid.set(at, (grid.get(at) ?? 0) + 1);
  }
  let crowd = 0;
  for (const n of grid.values()) crowd += n * (n - 1);
  return Math.max(0.4, 1 / Math.sqrt(1 + Math.max(0, crowd / (dots.length || 1) - 0.6) / 2));
}

/**
 * @param {{x: number, y: number, w: number, h: number}} a A box.
 * @param {{x: number, y: number, w: number, h: number}} b Another.
 * @returns {boolean} Whether they overlap.
 */
export function overlaps(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/**
 * @param {object[]} boxes Boxes, the most wanted first.
 * @param {object[]} taken Boxes that must not be overlapped.
 * @param {{w: number, h: number}} view The picture that they must lie in.
 * @param {number} margin Pixels to its edge.
 * @returns {object[]} The boxes that are free.
 */
export function freeBoxes(boxes, taken, view, margin) {
  return boxes.filter(
    (box) =>
      box.x >= margin &&
      box.x + box.w <= view.w - margin &&
      box.y >= margin &&
      box.y + box.h <= view.h - margin &&
      !taken.some((other) => overlaps(box, other)),
  );
}

/**
 * @param {object[]} boxes Boxes, the most wanted first.
 * @param {Array<{id: number}>} discs The boxes of places.
 * @param {number} [own] The id of the place that the box belongs to.
 * @returns {?object} The box that covers the fewest other places; null where there is no box.
 */
export function leastCovering(boxes, discs, own) {
  let [best, least] = [null, Infinity];
  for (const box of boxes) {
    const covered = discs.filter((disc) => disc.id !== own && overlaps(box, disc)).length;
    if (covered < least) [best, least] = [box, covered];
  }
  return best;
}

/**
 * @param {{x: number, y: number, r: number}} dot A dot.
 * @param {number} w The width of its label.
 * @param {number} h The height of its label.
 * @returns {object[]} Boxes for the label about the dot: right, left, above, below, then the corners.
 */
export function labelBoxes({ x, y, r }, w, h) {
  const gap = r + 4;
  const near = gap * 0.7;
  return [
    [x + gap, y - h / 2],
    [x - gap - w, y - h / 2],
    [x - w / 2, y - gap - h + 2],
    [x - w / 2, y + gap - 2],
    [x + near, y - gap - h / 2],
    [x + near, y + gap - h / 2],
    [x - near - w, y - gap - h / 2],
    [x - near - w, y + gap - h / 2],
  ].map(([left, top]) => ({ x: left - 1, y: top, w: w + 2, h }));
}

/**
 * @param {number} dx From the middle of the picture to what lies beyond its edge.
 * @param {number} dy The same.
 * @param {number} w The width of the label.
 * @param {number} h The height of the label.
 * @param {{w: number, h: number}} view The picture.
 * @returns {object[]} Boxes for a label at the edge in that direction, then further and further along the edge.
 */
export function edgeBoxes(dx, dy, w, h, view) {
  const reach = Math.min(
    (view.w / 2 - w / 2 - 8) / Math.abs(dx || 1e-9),
    (view.h / 2 - h / 2 - 8) / Math.abs(dy || 1e-9),
  );
  const [x, y] = [view.w / 2 + dx * reach - w / 2, view.h / 2 + dy * reach - h / 2];
  const [stepX, stepY] = Math.abs(dx) * view.h > Math.abs(dy) * view.w ? [0, h + 4] : [w + 6, 0];
  return Array.from({ length: 24 }, (_, i) => Math.ceil(i / 2) * (i % 2 ? 1 : -1)).map((shift) => ({
    x: x + stepX * shift,
    y: y + stepY * shift,
    w,
    h,
  }));
}

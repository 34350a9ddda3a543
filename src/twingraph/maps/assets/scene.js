// The network on the screen: which places and ties are shown, where they stand in pixels, what is under the pointer.
TG.scene = (() => {
  let stamp = 0; // grows when filters change, so that cached layouts go
  let cache = { key: '', spots: new Map() };
  let present = []; // places to draw
  let sizes = new Map();
  let lines = [];
  let most = 1;
  let heavy = false;

  const position = (place) => (chosen.layout === 'network' ? spotInNetwork(place) : place.xy);

  // What stands for a place: itself, or its country where a gathered map has not opened that.
  const stand = (place) => (place.group || !data.gather || !place.country || chosen.open.has(place.country) ? place : groups.get(place.country) ?? place);

  // Which places are drawn, and how large; and the lines between them, one for a tie or for all between two countries.
  function refresh() {
    stamp += 1;
    const among = new Map();
    const found = new Map();
    lines = [];
    for (const tie of TG.state.shown) {
      const [a, b] = [stand(places[tie.a]), stand(places[tie.b])];
      belongs(among, a.id, tie);
      if (a === b) continue;
      belongs(among, b.id, tie);
      if (!a.group && !b.group) { lines.push({ a, b, ties: [tie], kind: kindOf(tie), status: statusOf(tie) }); continue; }
      const pair = a.id < b.id ? a.id * 1e6 + b.id : b.id * 1e6 + a.id;
      const line = found.get(pair);
      if (line) line.ties.push(tie);
      else found.set(pair, { a, b, ties: [tie], bundle: true });
    }
    for (const line of found.values()) {
      line.kind = commonest(line.ties, kindOf);
      line.status = commonest(line.ties, statusOf);
      lines.push(line);
    }
    lines.sort((x, y) => x.ties.length - y.ties.length || x.ties[0].id - y.ties[0].id);
    most = Math.max(1, ...[...found.values()].map((line) => (wide(line) ? line.ties.length : 1)));
    sizes = new Map();
    const narrowed = TG.state.narrowed;
    present = places.filter((place) => {
      if (!position(place) || stand(place) !== place || (place.group && chosen.open.has(place.country))) return false;
      const own = among.get(place.id);
      const isMember = chosen.members && !data.gather && (place.joins.some((j) => ofInterest(j.b, among)) || (place.members.length > 0 && ofInterest(place.id, among)));
      const inFlow = !place.group && place.flows.some((flow) => chosen[flow.type]);
      if (!own && !isMember && !inFlow && !(place.home && isTown(place) && !narrowed && !data.gather)) return false;
      const partners = !own ? 0 : place.group ? own.length : new Set(own.map((tie) => otherEnd(tie, place).id)).size;
      sizes.set(place.id, { r: place.group ? 3.5 + 0.2 * Math.sqrt(partners) : own ? TG.colour.radius(place, partners) : isTown(place) ? 3 : 5, own: own || [], partners });
      return true;
    });
    present.sort((a, b) => b.group === a.group ? sizes.get(b.id).r - sizes.get(a.id).r || a.id - b.id : a.group ? -1 : 1);
    heavy = lines.length + present.length > 900;
  }
  function belongs(among, end, tie) {
    const own = among.get(end);
    if (own) own.push(tie);
    else among.set(end, [tie]);
  }
  function commonest(list, of) {
    const counts = new Map();
    for (const each of list) counts.set(of(each), (counts.get(of(each)) || 0) + 1);
    return [...counts].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1))[0][0];
  }
  const isTown = (place) => place.type === 'municipality' || place.type === 'metropolis';
  // A metropolis counts when it, or one of its members, has a tie that is shown.
  const ofInterest = (id, among) => among.has(id) || places[id].members.some((join) => among.has(join.a));

  function spot(place, view) {
    const key = `${stamp}|${view.k.toFixed(5)}|${chosen.layout}`;
    if (cache.key !== key) cache = { key, spots: TG.spots.settle(present, sizes, position, view) };
    const dot = cache.spots.get(place.id);
    return dot ? { x: dot.x + view.tx, y: dot.y + view.ty, x0: dot.x0 + view.tx, y0: dot.y0 + view.ty, r: dot.r } : null;
  }

  // Ties as arcs; those of one pair lie side by side.
  let lanes = { stamp: -1, of: new Map() };
  function lane(line) {
    if (lanes.stamp !== stamp) {
      const pairs = new Map();
      for (const each of lines) {
        const pair = `${Math.min(each.a.id, each.b.id)}-${Math.max(each.a.id, each.b.id)}`;
        if (!pairs.has(pair)) pairs.set(pair, []);
        pairs.get(pair).push(each);
      }
      lanes = { stamp, of: new Map() };
      for (const own of pairs.values()) own.forEach((each, i) => lanes.of.set(each, i - (own.length - 1) / 2));
    }
    return lanes.of.get(line) || 0;
  }
  function arc(a, b, offset, view) {
    const [p, q] = [spot(a, view), spot(b, view)];
    if (!p || !q) return null;
    const [dx, dy] = [q.x - p.x, q.y - p.y];
    const length = Math.hypot(dx, dy) || 1;
    let [nx, ny] = [dy / length, -dx / length];
    if (ny > 0 || (ny === 0 && nx > 0)) [nx, ny] = [-nx, -ny]; // arcs rise
    const bow = Math.min(length * 0.13, 90) + offset * Math.min(16, 5 + length * 0.12);
    return { p, q, cx: (p.x + q.x) / 2 + nx * bow, cy: (p.y + q.y) / 2 + ny * bow, length };
  }
  const lineArc = (line, view) => arc(line.a, line.b, lane(line), view);
  // People go to their host, aid goes to who needs it, an application to whom it seeks.
  function flowArc(flow, view) {
    const [a, b] = [stand(places[flow.a]), stand(places[flow.b])];
    if (a === b) return null;
    return flow.type === 'hosted' ? arc(b, a, -2.2, view) : arc(a, b, flow.type === 'sought' ? 2.6 : -2.2, view);
  }
  const wide = (line) => line.a.group && line.b.group;
  const along = (c, s) => ({
    x: (1 - s) ** 2 * c.p.x + 2 * s * (1 - s) * c.cx + s * s * c.q.x,
    y: (1 - s) ** 2 * c.p.y + 2 * s * (1 - s) * c.cy + s * s * c.q.y,
  });
  const outside = (c, view) =>
    Math.max(c.p.x, c.q.x, c.cx) < -20 || Math.min(c.p.x, c.q.x, c.cx) > view.w + 20 ||
    Math.max(c.p.y, c.q.y, c.cy) < -20 || Math.min(c.p.y, c.q.y, c.cy) > view.h + 20;

  // What the reader looks at now: the hovered thing, else the selected one. Everything else steps back.
  function focus() {
    const now = chosen.hover || chosen.select;
    if (!now) return null;
    if (seen.now === now && seen.stamp === stamp) return seen.eye;
    let ends = now.tie ? [places[now.tie.a], places[now.tie.b]].map(stand) : now.pair ? now.pair : null;
    let lit = [];
    if (now.programme) ends = now.programme.parts.map((part) => stand(places[part.a]));
    else if (ends) {
      lit = lines.filter((line) => (now.tie ? line.ties.includes(now.tie) : ends.includes(line.a) && ends.includes(line.b)));
    } else {
      const inside = now.place.group ? (place) => place === now.place || place.country === now.place.country : (place) => place === now.place;
      lit = lines.filter((line) => inside(line.a) || inside(line.b) || (stand(now.place) !== now.place && line.ties.some((tie) => tie.a === now.place.id || tie.b === now.place.id)));
    }
    const near = new Set([...(ends ?? [stand(now.place)]), ...lit.flatMap((line) => [line.a, line.b])].map((place) => place.id));
    for (const join of now.place ? [...now.place.members, ...now.place.joins] : []) near.add(join.a).add(join.b);
    for (const flow of now.place?.flows ?? []) if (chosen[flow.type]) near.add(stand(places[flow.a]).id).add(stand(places[flow.b]).id);
    seen = { now, stamp, eye: { lines: new Set(lit), places: near } };
    return seen.eye;
  }
  let seen = { now: null, stamp: -1, eye: null };

  // The place or tie nearest to a point, within reach of a pointer (4 px) or a finger (16 px).
  function pick(x, y, view, reach) {
    let [best, least] = [null, reach];
    for (const place of present) {
      const p = spot(place, view);
      const away = Math.hypot(p.x - x, p.y - y) - p.r;
      if (away < least) [best, least] = [{ place }, away];
    }
    if (best) return best;
    if (lines.length > 6000) return null; // a tie among so many cannot be meant
    for (const line of lines) {
      const c = lineArc(line, view);
      if (!c || outside(c, view)) continue;
      const room = 3 + reach;
      if (x < Math.min(c.p.x, c.q.x, c.cx) - room || x > Math.max(c.p.x, c.q.x, c.cx) + room || y < Math.min(c.p.y, c.q.y, c.cy) - room || y > Math.max(c.p.y, c.q.y, c.cy) + room) continue;
      const away = nearest(c, x, y);
      if (away < least) [best, least] = [line.bundle ? { pair: [line.a, line.b] } : { tie: line.ties[0] }, away];
    }
    // An arrow tells of the place that gave, or that seeks.
    for (const flow of best ? [] : data.flows) {
      const c = chosen[flow.type] && flowArc(flow, view);
      if (c && nearest(c, x, y) < least) return { place: stand(places[flow.a]) };
    }
    return best;
  }
  // How far a point is from an arc.
  function nearest(c, x, y) {
    let least = Infinity;
    let from = along(c, 0);
    for (let i = 1; i <= 24; i += 1) {
      const to = along(c, i / 24);
      least = Math.min(least, toSegment(x, y, from, to));
      from = to;
    }
    return least;
  }
  function toSegment(x, y, a, b) {
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const s = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(a.x + s * dx - x, a.y + s * dy - y);
  }
  return {
    refresh, spot, pick, focus, position, stand, lineArc, flowArc, along, outside, wide,
    linesBetween: (a, b) => lines.filter((line) => (line.a === a && line.b === b) || (line.a === b && line.b === a)),
    get heavy() { return heavy; },
    get present() { return present; },
    get lines() { return lines; },
    get most() { return most; },
    size: (place) => sizes.get(place.id),
    partners: (place) => sizes.get(place.id)?.partners || 0,
    drawn: (place) => sizes.has(place.id),
  };
})();

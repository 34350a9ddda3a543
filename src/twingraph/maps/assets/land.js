// The background: country outlines as paths, built once.
TG.land = (() => {
  const { arcs, unit, countries, regions, lines } = data.outlines;
  const decoded = arcs.map((steps) => {
    const points = new Float64Array(steps.length);
    let x = 0;
    let y = 0;
    for (let i = 0; i < steps.length; i += 2) {
      points[i] = x += steps[i];
      points[i + 1] = y += steps[i + 1];
    }
    return points;
  });
  function trace(path, points, backwards, begin) {
    const n = points.length / 2;
    for (let i = 0; i < n; i += 1) {
      const at = 2 * (backwards ? n - 1 - i : i);
      if (i === 0 && begin) path.moveTo(points[at], points[at + 1]);
      else path.lineTo(points[at], points[at + 1]);
    }
  }
  function area(rings, path = new Path2D()) {
    for (const ring of rings) {
      ring.forEach((arc, i) => trace(path, decoded[arc < 0 ? ~arc : arc], arc < 0, i === 0));
      path.closePath();
    }
    return path;
  }
  function line(members, path = new Path2D()) {
    for (const arc of members) trace(path, decoded[arc], false, true);
    return path;
  }

  const tied = (place) => (ties.length ? place.ties.length : place.flows.length) > 0;
  const concerned = new Set(places.filter((place) => !place.group && tied(place)).map((place) => place.country));
  const homelands = new Set(places.filter((place) => place.home && tied(place)).map((place) => place.country));
  // Of two sides the second has a ground of its own, where they are not in one country.
  const ofSide = (side) => places.filter((place) => place.side === side).map((place) => place.country);
  const second = new Set(ofSide(2).filter((code) => !ofSide(1).includes(code)));
  const inScope = data.scope.type === 'region' ? regions[data.scope.key] : undefined;
  const shapes = [
    { fill: 'land', rings: Object.entries(countries).filter(([code]) => !concerned.has(code)).flatMap(([, rings]) => rings) },
    { fill: 'partner', rings: [...concerned].filter((code) => !homelands.has(code)).flatMap((code) => countries[code] || []) },
    { fill: 'side_2_land', rings: [...homelands].filter((code) => second.has(code)).flatMap((code) => countries[code] || []) },
    { fill: 'home', rings: [...homelands].filter((code) => !second.has(code)).flatMap((code) => countries[code] || []) },
    ...(inScope ? [{ fill: 'scope', rings: inScope }] : []),
    { stroke: 'coast', width: 0.7, arcs: lines.coast },
    { stroke: 'oblast', width: 0.6, arcs: homelands.has('UA') ? lines.region : [], least: 0.06 },
    { stroke: 'border', width: 0.9, arcs: lines.border },
    { stroke: 'border', width: 0.9, arcs: lines.dashed, dash: [4, 3] },
    ...(inScope ? [{ stroke: 'scopeLine', width: 1.5, rings: inScope }] : []),
  ];
  let paths = null;

  // Draw under everything. `ctx` is in screen pixels; the paths are in units of the outlines.
  function draw(ctx, view, colours) {
    ctx.fillStyle = colours.sea;
    ctx.fillRect(0, 0, view.w, view.h);
    if (chosen.layout !== 'map') return;
    paths ??= shapes.map((shape) => (shape.rings ? area(shape.rings) : line(shape.arcs)));
    const scale = view.k * unit;
    ctx.save();
    ctx.translate(view.tx, view.ty);
    ctx.scale(scale, scale);
    ctx.lineJoin = 'round';
    shapes.forEach((shape, i) => {
      if (shape.least && view.k < shape.least) return;
      if (shape.fill) {
        ctx.fillStyle = colours[shape.fill];
        ctx.fill(paths[i], 'evenodd');
      } else {
        ctx.strokeStyle = colours[shape.stroke];
        ctx.lineWidth = shape.width / scale;
        ctx.setLineDash((shape.dash || []).map((length) => length / scale));
        ctx.stroke(paths[i]);
      }
    });
    ctx.restore();
  }

  // The same shapes as SVG elements.
  function svg(view, colours) {
    const scale = view.k * unit;
    return shapes.filter((shape) => !shape.least || view.k >= shape.least).map((shape) => {
      const steps = [];
      const pen = {
        moveTo: (x, y) => steps.push(`M${x},${y}`),
        lineTo: (x, y) => steps.push(`L${x},${y}`),
        closePath: () => steps.push('Z'),
      };
      if (shape.rings) area(shape.rings, pen); else line(shape.arcs, pen);
      const paint = shape.fill
        ? `fill="${colours[shape.fill]}" fill-rule="evenodd"`
        : `fill="none" stroke="${colours[shape.stroke]}" stroke-width="${shape.width / scale}"${
          shape.dash ? ` stroke-dasharray="${shape.dash.map((d) => d / scale).join(' ')}"` : ''}`;
      return `<path transform="translate(${view.tx} ${view.ty}) scale(${scale})" d="${steps.join('')}" ${paint}/>`;
    }).join('\n');
  }
  return { draw, svg, concerned, homelands };
})();

// Names on the map: the important first, none over another; and words at the edge for what lies beyond it.
TG.labels = (() => {
  const widths = new Map();
  let chips = [];
  const FACE = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

  function measure(ctx, font, text) {
    const key = font + text;
    if (!widths.has(key)) {
      ctx.font = font;
      widths.set(key, ctx.measureText(text).width);
    }
    return widths.get(key);
  }
  // `view.kept` are boxes over the canvas where nothing is written: the buttons, the line of counts.
  const overlaps = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

  function draw(ctx, view, colours) {
    const eye = TG.scene.focus();
    const seen = TG.scene.present
      .map((place) => ({ place, p: TG.scene.spot(place, view) }))
      .filter(({ p }) => p.x > -20 && p.x < view.w + 20 && p.y > -20 && p.y < view.h + 20);
    const discs = seen.map(({ place, p }) => ({ x: p.x - p.r, y: p.y - p.r, w: 2 * p.r, h: 2 * p.r, id: place.id }));
    const taken = drawChips(ctx, view, colours, eye, discs);
    const weight = ({ place }) =>
      (eye?.places.has(place.id) ? 1e6 : 0) + (place.group ? 1e5 : 0) + (place.home ? 1e4 : 0) + TG.scene.partners(place) * 100 +
      (place.type === 'metropolis' ? 50 : place.type === 'country' ? 350 : 0) + Math.log10(1 + (place.pop || 0));
    seen.sort((a, b) => weight(b) - weight(a) || a.place.id - b.place.id);
    ctx.textBaseline = 'middle';
    ctx.lineJoin = 'round';
    for (const [rank, { place, p }] of seen.slice(0, 400).entries()) {
      const dim = eye && !eye.places.has(place.id);
      if (dim) continue;
      const partners = TG.scene.partners(place);
      if (!partners && !eye && !place.home && place.type === 'municipality' && view.k < 0.6) continue; // members without ties wait for a closer look
      const big = (place.home || place.group) && partners > 2;
      const font = `${big || chosen.select?.place === place ? 600 : 400} ${big ? 14 : 12}px ${FACE}`;
      const text = place.group ? TG.text.short(TG.text.country(place.country), 28) : TG.text.short(TG.text.name(place), 32);
      const w = measure(ctx, font, text);
      const h = big ? 17 : 15;
      const gap = p.r + 4;
      const spots = [
        [p.x + gap, p.y - h / 2], [p.x - gap - w, p.y - h / 2], [p.x - w / 2, p.y - gap - h + 2], [p.x - w / 2, p.y + gap - 2],
        [p.x + gap * 0.7, p.y - gap - h / 2], [p.x + gap * 0.7, p.y + gap - h / 2],
        [p.x - gap * 0.7 - w, p.y - gap - h / 2], [p.x - gap * 0.7 - w, p.y + gap - h / 2],
      ];
      const boxes = spots.map(([x, y]) => ({ x: x - 1, y, w: w + 2, h }))
        .filter((box) => box.x > 1 && box.x + box.w < view.w - 1 && box.y > 1 && box.y + h < view.h - 1)
        .filter((box) => !taken.some((other) => overlaps(box, other)));
      // The most important may stand over small places where nothing is free.
      const box = boxes.find((each) => !discs.some((disc) => disc.id !== place.id && overlaps(each, disc)))
        || (rank < Math.min(seen.length > 120 ? 14 : place.group ? 6 : 2, view.w / 70) && partners > 3 ? leastCover(boxes, discs, place) : null);
      if (!box) continue;
      taken.push(box);
      write(ctx, text, box.x + 1, box.y + h / 2, font, colours.ink, colours.halo);
    }
    if (chosen.layout === 'map' && !data.gather) drawCountries(ctx, view, colours, [...taken, ...discs]);
  }
  function leastCover(boxes, discs, place) {
    let [best, least] = [null, Infinity];
    for (const box of boxes) {
      const covers = discs.filter((disc) => disc.id !== place?.id && overlaps(box, disc)).length;
      if (covers < least) [best, least] = [box, covers];
    }
    return best;
  }
  function write(ctx, text, x, y, font, ink, halo) {
    ctx.font = font;
    ctx.lineWidth = 3;
    ctx.strokeStyle = halo;
    ctx.strokeText(text, x, y);
    ctx.fillStyle = ink;
    ctx.fillText(text, x, y);
  }
  function drawCountries(ctx, view, colours, taken) {
    const font = `500 11px ${FACE}`;
    for (const [code, country] of Object.entries(data.countries)) {
      if (!country.xy || !TG.land.concerned.has(code)) continue;
      const text = TG.text.short(TG.text.country(code), 28).toLocaleUpperCase();
      const w = measure(ctx, font, text);
      const [x, y] = [country.xy[0] * view.k + view.tx - w / 2, country.xy[1] * view.k + view.ty];
      for (const dy of [0, 22, -22, 44, -44]) {
        const box = { x: x - 4, y: y + dy - 7, w: w + 8, h: 14 };
        if (box.x < 0 || box.x + box.w > view.w || box.y < 0 || box.y + box.h > view.h) continue;
        if (taken.some((other) => overlaps(box, other))) continue;
        taken.push(box);
        write(ctx, text, x, y + dy, font, colours.quiet, colours.halo);
        break;
      }
    }
  }

  // Partners beyond the edge, told by country where their ties leave the picture.
  function drawChips(ctx, view, colours, eye, discs) {
    chips = [];
    const groups = new Map();
    for (const place of data.gather ? [] : TG.scene.present) {
      if (!(TG.scene.partners(place) || place.flows.some((flow) => chosen[flow.type])) || (eye && !eye.places.has(place.id))) continue;
      const p = TG.scene.spot(place, view);
      if (p.x > -6 && p.x < view.w + 6 && p.y > -6 && p.y < view.h + 6) continue;
      const key = place.country || '?';
      if (!groups.has(key)) groups.set(key, { places: [], x: 0, y: 0 });
      const group = groups.get(key);
      group.places.push(place);
      group.x += p.x;
      group.y += p.y;
    }
    const font = `500 12px ${FACE}`;
    const taken = [...view.kept || []];
    const ordered = [...groups].sort((a, b) => b[1].places.length - a[1].places.length || (a[0] < b[0] ? -1 : 1));
    for (const [code, group] of ordered.slice(0, 14)) {
      const [gx, gy] = [group.x / group.places.length, group.y / group.places.length];
      const name = group.places.length === 1 ? TG.text.short(TG.text.name(group.places[0]), 24) : '';
      const country = TG.text.country(code);
      const label = name ? `${name}, ${country}` : t('far', { country, n: group.places.length });
      const [dx, dy] = [gx - view.w / 2, gy - view.h / 2];
      const turn = Math.round((Math.atan2(dy, dx) / Math.PI) * 4 + 8) % 8;
      const text = `${'→↘↓↙←↖↑↗'[turn]} ${label}`;
      const w = measure(ctx, font, text) + 16;
      const h = 22;
      const reach = Math.min((view.w / 2 - w / 2 - 8) / Math.abs(dx || 1e-9), (view.h / 2 - h / 2 - 8) / Math.abs(dy || 1e-9));
      const box = { x: view.w / 2 + dx * reach - w / 2, y: view.h / 2 + dy * reach - h / 2, w, h };
      const step = Math.abs(dx) * view.h > Math.abs(dy) * view.w ? [0, h + 4] : [w + 6, 0];
      const boxes = Array.from({ length: 24 }, (_, i) => Math.ceil(i / 2) * (i % 2 ? 1 : -1))
        .map((shift) => ({ ...box, x: box.x + step[0] * shift, y: box.y + step[1] * shift }))
        .filter((each) => each.x >= 4 && each.x + w <= view.w - 4 && each.y >= 4 && each.y + h <= view.h - 4)
        .filter((each) => !taken.some((other) => overlaps(each, other)));
      const chip = leastCover(boxes, discs); // the nearest that covers no place, else as few as it can
      if (!chip) continue;
      taken.push(chip);
      chips.push({ ...chip, places: group.places });
      ctx.globalAlpha = 1;
      ctx.fillStyle = colours.chip;
      ctx.strokeStyle = colours.quiet;
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.roundRect(chip.x, chip.y, w, h, 11);
      ctx.fill();
      ctx.stroke();
      ctx.fillStyle = colours.ink;
      ctx.font = font;
      ctx.textBaseline = 'middle';
      ctx.fillText(text, chip.x + 8, chip.y + h / 2 + 0.5);
    }
    return taken;
  }
  const chipAt = (x, y) => chips.find((chip) => x >= chip.x && x <= chip.x + chip.w && y >= chip.y && y <= chip.y + chip.h);
  return { draw, chipAt, FACE };
})();

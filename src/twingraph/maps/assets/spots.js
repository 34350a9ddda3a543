// Where places stand on the screen: those that would cover each other are pushed apart; same zoom, same picture.
TG.spots = (() => {
  // The dot of each place by its id: `x0`, `y0` its true spot, `x`, `y` where it is drawn, `r` its radius.
  function settle(present, sizes, position, view) {
    const small = (view.w < 560 ? 0.75 : 1) * room(present, position, view);
    const far = chosen.layout === 'map' ? Math.min(1, 0.5 + 5 * view.k) : 1; // countries seen from afar would be a heap
    const dots = present.map((place, i) => {
      const [x, y] = position(place);
      const angle = i * 2.399963;
      return { place, x0: x * view.k, y0: y * view.k, x: x * view.k + 0.01 * Math.cos(angle), y: y * view.k + 0.01 * Math.sin(angle), r: place.group ? Math.max(2.6, sizes.get(place.id).r * Math.max(small, 0.75) * far) : sizes.get(place.id).r * small };
    });
    separate(dots);
    return new Map(dots.map((dot) => [dot.place.id, dot]));
  }
  // Where places crowd, all are drawn smaller: by how many others a place would lie under.
  function room(present, position, view) {
    const cell = 12;
    const grid = new Map();
    for (const place of present) {
      const [x, y] = position(place);
      const at = `${Math.floor((x * view.k) / cell)},${Math.floor((y * view.k) / cell)}`;
      grid.set(at, (grid.get(at) || 0) + 1);
    }
    let crowd = 0;
    for (const n of grid.values()) crowd += n * (n - 1);
    return Math.max(0.4, 1 / Math.sqrt(1 + Math.max(0, crowd / (present.length || 1) - 0.6) / 2));
  }
  // Pixels that a place may stand off its true spot: less where very many are shown, for there the spots tell more.
  const farthest = (dot, among) => (dot.place.group ? 40 : among > 500 ? 7 : 26);
  function separate(dots) {
    const cell = 44;
    const rounds = dots.length > 4000 ? 2 : dots.length > 1500 ? 5 : 14;
    for (let round = 0; round < rounds; round += 1) {
      const grid = new Map();
      for (const dot of dots) {
        const at = `${Math.floor(dot.x / cell)},${Math.floor(dot.y / cell)}`;
        if (!grid.has(at)) grid.set(at, []);
        grid.get(at).push(dot);
        dot.at = at;
      }
      let moved = false;
      for (const dot of dots) {
        const [cx, cy] = dot.at.split(',').map(Number);
        for (let gx = cx - 1; gx <= cx + 1; gx += 1) {
          for (let gy = cy - 1; gy <= cy + 1; gy += 1) {
            for (const other of grid.get(`${gx},${gy}`) || []) {
              if (other.place.id <= dot.place.id) continue;
              const [dx, dy] = [other.x - dot.x, other.y - dot.y];
              const gap = dot.r + other.r + 2.2;
              const apart = Math.hypot(dx, dy);
              if (apart >= gap) continue;
              const push = (gap - apart) / (apart || 1);
              const share = other.r ** 2 / (dot.r ** 2 + other.r ** 2);
              dot.x -= dx * push * share;
              dot.y -= dy * push * share;
              other.x += dx * push * (1 - share);
              other.y += dy * push * (1 - share);
              moved = true;
            }
          }
        }
      }
      for (const dot of dots) {
        const off = Math.hypot(dot.x - dot.x0, dot.y - dot.y0);
        const far = farthest(dot, dots.length);
        if (off > far) {
          dot.x = dot.x0 + ((dot.x - dot.x0) * far) / off;
          dot.y = dot.y0 + ((dot.y - dot.y0) * far) / off;
        }
      }
      if (!moved) break;
    }
  }
  return { settle };
})();

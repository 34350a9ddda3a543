/**
 * @param {*} text A text from the data.
 * @returns {string} The text as XML, without the characters that XML forbids.
 */
export function escapeXml(text) {
  return String(text)
    .replace(/[<>&"]/g, (c) => `&#${c.charCodeAt(0)};`)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
}

/**
 * @param {number} value A length.
 * @returns {number} The length to a hundredth of a pixel.
 */
export function roundPixels(value) {
  return Math.round(value * 100) / 100;
}

/**
 * Create a pen with the calls of a canvas that writes SVG: those calls only that the layers of the map use.
 *
 * @param {function(string, string): {width: number}} measure Measures a text in a font.
 * @returns {object} The pen; `elements` holds what it has drawn.
 */
export function createSvgPen(measure) {
  const n = roundPixels;
  const elements = [];
  const depth = []; // groups opened since each `save`
  let path = [];
  let dash = [];
  let clips = 0;

  function openGroup(attributes) {
    elements.push(`<g ${attributes}>`);
    if (depth.length) depth[depth.length - 1] += 1;
  }
  function write(text, x, y, paint) {
    const [, weight, size] = /^(?:(\d+) )?(\d+)px/.exec(pen.font) ?? [];
    elements.push(
      `<text x="${n(x)}" y="${n(y)}" dominant-baseline="central" font-family="sans-serif" font-size="${size}" ` +
        `font-weight="${weight || 400}" ${paint} opacity="${pen.globalAlpha}">${escapeXml(text)}</text>`,
    );
  }

  const pen = {
    elements,
    globalAlpha: 1,
    fillStyle: '',
    strokeStyle: '',
    lineWidth: 1,
    font: '',
    lineCap: 'butt',
    lineJoin: 'miter',
    textBaseline: 'middle',
    save() {
      depth.push(0);
    },
    restore() {
      elements.push('</g>'.repeat(depth.pop() || 0));
    },
    translate(x, y) {
      openGroup(`transform="translate(${n(x)} ${n(y)})"`);
    },
    clip() {
      clips += 1;
      elements.push(`<clipPath id="c${clips}"><path d="${path.join('')}"/></clipPath>`);
      openGroup(`clip-path="url(#c${clips})"`);
    },
    beginPath() {
      path = [];
    },
    moveTo(x, y) {
      path.push(`M${n(x)} ${n(y)}`);
    },
    lineTo(x, y) {
      path.push(`L${n(x)} ${n(y)}`);
    },
    quadraticCurveTo(a, b, x, y) {
      path.push(`Q${n(a)} ${n(b)} ${n(x)} ${n(y)}`);
    },
    closePath() {
      path.push('Z');
    },
    rect(x, y, w, h) {
      path.push(`M${n(x)} ${n(y)}h${n(w)}v${n(h)}h${n(-w)}Z`);
    },
    roundRect(x, y, w, h) {
      pen.rect(x, y, w, h);
    },
    arc(x, y, r, from, to) {
      if (to - from > 6.28) {
        const half = (sign) => `a${n(r)} ${n(r)} 0 1 0 ${n(sign * 2 * r)} 0`;
        path.push(`M${n(x - r)} ${n(y)}${half(1)}${half(-1)}Z`);
        return;
      }
      const ends = [x + r * Math.cos(from), y + r * Math.sin(from), x + r * Math.cos(to), y + r * Math.sin(to)];
      const [x1, y1, x2, y2] = ends.map(n);
      path.push(`${path.length ? 'L' : 'M'}${x1} ${y1}A${n(r)} ${n(r)} 0 ${to - from > Math.PI ? 1 : 0} 1 ${x2} ${y2}`);
    },
    setLineDash(lengths) {
      dash = lengths;
    },
    fill() {
      elements.push(`<path d="${path.join('')}" fill="${pen.fillStyle}" opacity="${pen.globalAlpha}"/>`);
    },
    stroke() {
      const dashes = dash.length ? ` stroke-dasharray="${dash.join(' ')}"` : '';
      elements.push(
        `<path d="${path.join('')}" fill="none" stroke="${pen.strokeStyle}" stroke-width="${n(pen.lineWidth)}" ` +
          `stroke-linecap="${pen.lineCap}"${dashes} opacity="${pen.globalAlpha}"/>`,
      );
    },
    fillRect(x, y, w, h) {
      elements.push(`<rect x="${x}" y="${y}" width="${n(w)}" height="${n(h)}" fill="${pen.fillStyle}"/>`);
    },
    measureText: (text) => measure(pen.font, text),
    fillText(text, x, y) {
      write(text, x, y, `fill="${pen.fillStyle}"`);
    },
    strokeText(text, x, y) {
      const paint = `stroke="${pen.strokeStyle}" stroke-width="${pen.lineWidth}" stroke-linejoin="round"`;
      write(text, x, y, `fill="none" ${paint}`);
    },
  };
  return pen;
}

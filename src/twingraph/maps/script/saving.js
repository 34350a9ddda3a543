// What can be saved from the page: a picture for a slide, a drawing, a table, a link, paper.
import { data, layers, network, words } from './data.js';
import { $, announce, IS_FRAMED, el } from './dom.js';
import { AREAS, DASHES, KINDS, STATUSES, kindOf, statusOf } from './logic/kinds.js';
import { csvTable, wrapText } from './logic/sheets.js';
import { createSvgPen, escapeXml, roundPixels } from './logic/svg_pen.js';
import { currentColours, currentView, redraw, refreshColours } from './map/camera.js';
import { FACE, drawArea } from './map/drawing.js';
import { drawLand, landAsSvg } from './map/land.js';
import { STATUS_COLOURS, isByPlace } from './map/palette.js';
import { drawPicture } from './map/picture.js';
import { presentPlaces } from './map/scene.js';
import { targetName } from './panel/layers.js';
import { filterText } from './panel/frame.js';
import { citedSources } from './panel/pieces.js';
import { layerRows, tieRows } from './panel/table.js';
import { address, chosen, shownTies } from './state.js';

const { t, name, country } = words;
const { endsOf, places, statementsOf } = network;
const MARGIN = 16; // pixels about the text of a picture
const TITLE = { font: `600 17px ${FACE}`, height: 22 };
const SUBTITLE = { font: `12px ${FACE}`, height: 16 };
const CREDITS = { font: `11px ${FACE}`, height: 15 };
const LEGEND_HEIGHT = 20;

function download(content, type, ending) {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const link = el('a', {
    href: URL.createObjectURL(blob),
    download: `${fileStem()}${filterText() ? t('file_filtered') : ''}.${ending}`,
  });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
function fileStem() {
  const plain = (text) =>
    text
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60);
  const ownName = () => decodeURIComponent(location.pathname.split('/').pop() || '').replace(/\.html?$/i, '');
  return (IS_FRAMED ? plain(words.scope()) : ownName()) || 'map';
}

// The lines of the legend under a picture: what is drawn in it, and nothing else.
function legendLines() {
  const shown = shownTies();
  const areas = AREAS.filter((type) => presentPlaces().some((place) => !place.group && place.type === type));
  const kinds = KINDS.filter((kind) => chosen.color === 'kind' && shown.some((tie) => kindOf(tie) === kind));
  const statuses = STATUSES.filter((status) => shown.some((tie) => statusOf(tie) === status));
  const sides = isByPlace() ? [] : words.sides();
  return [
    ...areas.map((area) => ({ area, text: t(`place_${area}`) })),
    ...kinds.map((kind) => ({ colour: kind, text: t(`kind_${kind}`) })),
    ...statuses.map((status) => ({
      colour: chosen.color === 'status' ? STATUS_COLOURS[status] : 'ink',
      dash: DASHES[status],
      text: t(`status_${status}`),
    })),
    ...layers
      .filter(({ type }) => chosen.layers.has(type))
      .map(({ type, dashes }) => ({
        colour: type,
        dash: dashes && Object.values(dashes)[0],
        isArrow: true,
        text: t(`layer_${type}`),
      })),
    ...sides.map((text, i) => ({ colour: i ? 'side_2' : 'home_place', isDisc: true, isRing: i === 1, text })),
  ];
}

// Draw the legend below `top`; returns where it ends.
function drawLegend(ctx, width, top, colours, measure) {
  ctx.font = SUBTITLE.font;
  let [x, y] = [MARGIN, top + 16];
  for (const line of legendLines()) {
    const needed = 44 + measure(line.text) + 14;
    if (x + needed > width - MARGIN) [x, y] = [MARGIN, y + LEGEND_HEIGHT];
    drawLegendMark(ctx, x, y, line, colours);
    ctx.fillStyle = colours.ink;
    ctx.fillText(line.text, x + 40, y);
    x += needed;
  }
  return y + 18;
}
function drawLegendMark(ctx, x, y, { area, colour, dash, isDisc, isRing, isArrow }, colours) {
  const disc = (r, fill) => {
    ctx.fillStyle = fill;
    ctx.beginPath();
    ctx.arc(x + 20, y, r, 0, 2 * Math.PI);
    ctx.fill();
  };
  ctx.strokeStyle = area ? colours.paper : colours[colour];
  if (area) drawArea(ctx, { x: x + 20, y, r: 5 }, area, colours.ink);
  else if (isDisc) {
    disc(6, colours[colour]);
    if (isRing) disc(2.7, colours.paper);
  } else {
    ctx.lineWidth = 2.5;
    ctx.setLineDash(dash ?? []);
    strokePoints(ctx, [
      [x, y],
      [x + 34, y],
    ]);
    ctx.setLineDash([]);
    if (isArrow)
      strokePoints(ctx, [
        [x + 27, y - 4],
        [x + 34, y],
        [x + 27, y + 4],
      ]);
  }
}
function strokePoints(ctx, points) {
  ctx.beginPath();
  points.forEach(([x, y], i) => ctx[i ? 'lineTo' : 'moveTo'](x, y));
  ctx.stroke();
}

function creditText() {
  const sets = data.datasets.map((id) => {
    const source = data.sources[id];
    return `${words.sourceTitle(source)}${source.licence ? ` (${words.licence(source)})` : ''}`;
  });
  return `${t('tab_about')}: ${[...sets, t('about_places'), t('about_outlines')].join('; ')}`;
}

// Draw title, map, legend and credits; returns the height. The same calls make a PNG and an SVG.
function drawSheet(ctx, view, colours, drawGround) {
  const measure = (text) => ctx.measureText(text).width;
  const wrapped = (text, { font }) => {
    ctx.font = font;
    return wrapText(text, view.w - 2 * MARGIN, measure);
  };
  const write = (lines, { font, height }, colour, top) => {
    ctx.fillStyle = colour;
    ctx.font = font;
    lines.forEach((line, i) => ctx.fillText(line, MARGIN, top + i * height));
    return top + lines.length * height;
  };
  ctx.textBaseline = 'middle';
  const title = wrapped($('title').textContent, TITLE);
  const subtitle = wrapped(`${$('subtitle').textContent} ${$('completeness').textContent}`, SUBTITLE);
  ctx.fillStyle = colours.paper;
  ctx.fillRect(0, 0, view.w, view.h + TITLE.height * title.length + SUBTITLE.height * subtitle.length + 300);
  let y = write(title, TITLE, colours.ink, 22);
  y = write(subtitle, SUBTITLE, colours.quiet, y);
  ctx.save();
  ctx.translate(0, y);
  ctx.beginPath();
  ctx.rect(0, 0, view.w, view.h);
  ctx.clip();
  drawPicture(ctx, view, colours, drawGround);
  ctx.restore();
  y = drawLegend(ctx, view.w, y + view.h, colours, measure);
  return write(wrapped(creditText(), CREDITS), CREDITS, colours.quiet, y) + 4;
}

/**
 * @param {number} times Pixels of the picture for one of the screen.
 * @returns {HTMLCanvasElement} The map with its title, legend and credits.
 */
export function makePicture(times = 2) {
  const view = { ...currentView(), dpr: times, kept: [] };
  const colours = currentColours();
  const canvas = document.createElement('canvas');
  const ctx = canvas.getContext('2d');
  const draw = () => drawSheet(ctx, view, colours, (own) => drawLand(ctx, own, colours));
  canvas.width = canvas.height = 1;
  const height = draw(); // once to learn the height, once to keep
  canvas.width = view.w * times;
  canvas.height = height * times;
  ctx.scale(times, times);
  draw();
  return canvas;
}

/**
 * @returns {string} The map with its title, legend and credits as SVG.
 */
export function makeSvg() {
  const view = { ...currentView(), kept: [] };
  const colours = currentColours();
  const ruler = document.createElement('canvas').getContext('2d');
  const pen = createSvgPen((font, text) => {
    ruler.font = font;
    return ruler.measureText(text);
  });
  const height = drawSheet(pen, view, colours, (own) => {
    pen.fillStyle = colours.sea;
    pen.fillRect(0, 0, own.w, own.h);
    if (chosen.layout === 'map') pen.elements.push(landAsSvg(own, colours));
  });
  const [w, h] = [view.w, height].map(roundPixels);
  const title = `<title>${escapeXml($('title').textContent)}</title>`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}">`;
  return `${head}${title}${pen.elements.join('\n')}</svg>`;
}

const CSV_COLUMNS = [
  'municipality',
  'partner',
  'country',
  'kind',
  'status',
  'since',
  'until',
  'themes',
  'signed_by',
  'approved_by',
  'sources',
  'about_this_table',
];

/**
 * @returns {string} What the tables show, as CSV.
 */
export function makeCsv() {
  const list = (values) => (values ?? []).join('; ');
  const addressOf = (id) => data.sources[id].url || data.sources[id].title;
  const line = (a, b, far, kind, record, statements) => {
    const { status, since, until, themes, signed, approved } = record;
    const sources = citedSources(statements).map(addressOf).join(' ');
    return [a, b, country(far.country), kind, status, since, until, list(themes), list(signed), approved, sources];
  };
  const note = [filterText(), t('completeness', { n: data.sources.length })].filter(Boolean).join(' ');
  const tieLines = tieRows().map(({ item }) => {
    const [a, b] = endsOf(item);
    return line(name(a), name(b), b, item.kind, item, statementsOf(item));
  });
  const arrowLines = layers
    .filter((layer) => layer.columns)
    .flatMap((layer) =>
      layerRows(layer).map(({ item }) =>
        line(name(places[item.a]), targetName(item), places[item.b], layer.csv_kind, item, item.statements),
      ),
    );
  const lines = [...tieLines, ...arrowLines].map((cells) => [...cells, note]);
  return csvTable([CSV_COLUMNS, ...lines]);
}

async function copyLink() {
  const hash = address();
  const href = location.href.replace(/#.*/, '') + (hash ? `#${hash}` : '');
  try {
    await navigator.clipboard.writeText(href);
  } catch {
    const area = el('textarea', { class: 'unseen' });
    area.value = href;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  announce(t('link_copied'));
}

const SAVERS = {
  png: () => makePicture().toBlob((blob) => download(blob, 'image/png', 'png'), 'image/png'),
  svg: () => download(makeSvg(), 'image/svg+xml', 'svg'),
  csv: () => download(makeCsv(), 'text/csv;charset=utf-8', 'csv'),
  link: copyLink,
  print: () => window.print(),
};

/**
 * Listen to the menu of what can be saved, and to printing.
 */
export function startSaving() {
  const [button, menu] = [$('save'), $('save-menu')];
  if (IS_FRAMED) menu.querySelector('[data-save=link]').remove();
  const open = (isOpen) => {
    menu.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
  };
  button.addEventListener('click', () => open(menu.hidden));
  menu.addEventListener('click', (event) => {
    const format = event.target.dataset?.save;
    if (!format) return;
    open(false);
    SAVERS[format]();
  });
  document.addEventListener('pointerdown', (event) => {
    if (!event.target.closest('.menu')) open(false);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || menu.hidden) return;
    open(false);
    button.focus();
  });
  preparePaper();
}

// On paper the map is a picture, for a canvas of the screen would be cut; and paper is light, whatever the screen is.
function preparePaper() {
  const root = document.documentElement;
  let theme = null; // of the screen, while the page is printed
  window.addEventListener('beforeprint', () => {
    $('paper')?.remove();
    theme ??= root.dataset.theme ?? 'system';
    root.dataset.theme = 'light';
    refreshColours();
    $('stage').append(el('img', { id: 'paper', alt: $('title').textContent, src: makePicture(2).toDataURL() }));
  });
  window.addEventListener('afterprint', () => {
    $('paper')?.remove();
    if (theme === 'system') delete root.dataset.theme;
    else if (theme) root.dataset.theme = theme;
    theme = null;
    refreshColours();
    redraw();
  });
}

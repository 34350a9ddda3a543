/** Kinds of partnership, in the order of the legend. */
export const KINDS = [
  'twin_town',
  'partnership_agreement',
  'solidarity_partnership',
  'memorandum',
  'friendship',
  'metropolis_cooperation',
  'project',
  'contact',
  'other',
];
/** Statuses of a partnership, in the order of the legend. */
export const STATUSES = ['active', 'planned', 'suspended', 'terminated', 'unknown'];
/** Line pattern of each status, in pixels. */
export const DASHES = {
  active: [],
  planned: [7, 5],
  suspended: [12, 4, 2, 4],
  terminated: [1.5, 5],
  unknown: [16, 4],
};
/** Types of place that are a whole territory: drawn as a triangle and a square. */
export const AREAS = ['region', 'country'];

/**
 * @param {{kind: string}} tie A partnership.
 * @returns {string} Its kind, `other` where the page has no colour for it.
 */
export function kindOf(tie) {
  return KINDS.includes(tie.kind) ? tie.kind : 'other';
}

/**
 * @param {{status: string}} tie A partnership.
 * @returns {string} Its status, `unknown` where the page has no line for it.
 */
export function statusOf(tie) {
  return STATUSES.includes(tie.status) ? tie.status : 'unknown';
}

/**
 * @param {{dashes: ?Object<string, number[]>}} layer A layer.
 * @param {{status: ?string}} arrow One of its records.
 * @returns {?string} The record's status, the layer's first where it is unknown; null in a layer without statuses.
 */
export function arrowStatus(layer, arrow) {
  if (!layer.dashes) return null;
  return arrow.status in layer.dashes ? arrow.status : Object.keys(layer.dashes)[0];
}

/**
 * @param {Iterable<*>} items What to count.
 * @param {function(*): *} keyOf The key of an item.
 * @returns {Map<*, number>} Number of items by key, in the order in which keys first occur.
 */
export function countBy(items, keyOf) {
  const counts = new Map();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

/**
 * @param {Map<string, number>} counts Counts by key.
 * @returns {Array<[string, number]>} The entries, the largest first; equal ones by key.
 */
export function ranked(counts) {
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/**
 * @param {object[]} items Some items.
 * @param {function(object): string} keyOf The key of an item.
 * @returns {string} The commonest key.
 */
export function commonest(items, keyOf) {
  return ranked(countBy(items, keyOf))[0][0];
}

// Finding by name: any spelling, any language, former names.

const MOST_FOUND = 12;

/**
 * Fold a text so that case, accents, apostrophes and hyphens do not matter.
 *
 * @param {string} text A text.
 * @returns {string} The folded text.
 */
export function fold(text) {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/ł/g, 'l')
    .replace(/ø/g, 'o')
    .replace(/ß/g, 'ss')
    .replace(/[’'ʼ`´]/g, '')
    .replace(/[-–—.,() \t]+/g, ' ')
    .trim();
}

/**
 * @param {Array<{names: string[]}>} entries What can be found, each with all its names.
 * @returns {Array<object>} The entries with their folded names as `text`.
 */
export function indexNames(entries) {
  return entries.map((entry) => ({ ...entry, text: `\n${fold(entry.names.join('\n'))}\n` }));
}

/**
 * Rank the entries that have a name like the one typed: the whole name first, then its beginning, then the beginning
 * of a later word, then any part of it; within a rank, the places with the most partnerships first.
 *
 * @param {Array<object>} index From `indexNames`.
 * @param {string} typed What the reader typed.
 * @returns {Array<object>} At most twelve entries, each with the name that matched as `by`.
 */
export function findByName(index, typed) {
  const wanted = fold(typed);
  if (!wanted) return [];
  const marks = [`\n${wanted}\n`, `\n${wanted}`, ` ${wanted}`, wanted];
  const tieCount = (entry) => entry.place?.ties.length || 0;
  return index
    .filter((entry) => entry.text.includes(wanted))
    .map((entry) => {
      const rank = marks.findIndex((mark) => entry.text.includes(mark));
      const at = entry.text.indexOf(marks[rank]) + (rank < 2 ? 1 : 0);
      return { ...entry, rank, by: entry.names[entry.text.slice(1, at).split('\n').length - 1] };
    })
    .sort((a, b) => a.rank - b.rank || tieCount(b) - tieCount(a) || a.names[0].localeCompare(b.names[0]))
    .slice(0, MOST_FOUND);
}

/**
 * Select and sort the rows of a table.
 *
 * @param {Array<object>} items The records of the table.
 * @param {Object<string, function(object): string>} columns The text of each cell, by column.
 * @param {object} options Options.
 * @param {string} options.filter Words that a row must contain, in any order.
 * @param {{key: string, down: boolean}} options.sort The column to sort by, and whether it falls.
 * @param {string} options.lang The language whose alphabet is used.
 * @returns {Array<{item: object, cells: Object<string, string>}>} The rows; an empty cell comes last either way.
 */
export function tableRows(items, columns, { filter, sort, lang }) {
  const wanted = fold(filter).split(' ').filter(Boolean);
  const order = new Intl.Collator(lang);
  return items
    .map((item, at) => ({
      item,
      at,
      cells: Object.fromEntries(Object.entries(columns).map(([k, of]) => [k, of(item)])),
    }))
    .filter(({ cells }) => {
      if (!wanted.length) return true;
      const all = fold(Object.values(cells).join(' '));
      return wanted.every((word) => all.includes(word));
    })
    .sort((x, y) => {
      const [p, q] = [x.cells[sort.key], y.cells[sort.key]];
      if (!p !== !q) return p ? -1 : 1;
      return order.compare(p, q) * (sort.down ? -1 : 1) || x.at - y.at;
    });
}

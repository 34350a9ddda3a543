/**
 * Turn packed columns back into rows, the inverse of `pack` in `columns.py`.
 *
 * @param {{n: number, columns: Object<string, *>}} packed Number of rows, and values by column.
 * @returns {object[]} A row each, with its number as `id`; an absent value stays absent.
 */
export function unpack({ n, columns }) {
  const rows = Array.from({ length: n }, (_, id) => ({ id }));
  for (const [name, column] of Object.entries(columns)) {
    if ('c' in column) {
      for (const row of rows) row[name] = column.c;
      continue;
    }
    let at = -1;
    let sum = 0;
    const values = column.s?.map((step) => (sum += step)) ?? column.v ?? column;
    values.forEach((value, i) => {
      at = column.i ? at + column.i[i] : i;
      if (column.d || value !== null) rows[at][name] = column.d ? column.d[value] : value;
    });
  }
  return rows;
}

// Text of what is saved: cells of a table, lines of a picture.

/**
 * @param {*} value The value of a cell.
 * @returns {string} The cell as CSV; what a spreadsheet would run as a formula becomes text.
 */
export function csvCell(value) {
  const text = String(value ?? '').replace(/^(?=[=+\-@＝＋－＠\t\r])/, "'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * @param {Array<Array<*>>} lines Lines of values, the head first.
 * @returns {string} The table as CSV with a byte order mark, as spreadsheets expect it.
 */
export function csvTable(lines) {
  return `\ufeff${lines.map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

/**
 * Break a text into lines; a word that is wider than a line is cut.
 *
 * @param {string} text The text.
 * @param {number} width The width of a line.
 * @param {function(string): number} measure The width of a text.
 * @returns {string[]} The lines.
 */
export function wrapText(text, width, measure) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last && measure(`${last} ${word}`) > width) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
    while (measure(lines.at(-1)) > width && lines.at(-1).length > 1) {
      const line = lines.pop();
      const letters = Math.max(1, Math.floor((line.length * width) / measure(line)) - 1);
      lines.push(line.slice(0, letters), line.slice(letters));
    }
  }
  return lines;
}

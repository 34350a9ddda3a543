// Finding by name: any spelling, any language, former names, and names with a wrong letter.
import { countBits, distance, fold, lettersOf, soundsOf } from './spelling.js';

const MOST_FOUND = 12;
const MOST_GUESSES = 5;
const GUESS_FROM_LETTERS = 3;
const LONG_FROM_LETTERS = 6;
const HEARD_FROM_LETTERS = 4;
const RANK = { whole: 0, start: 1, sound: 2, word: 3, soundStart: 4, part: 5 };
const isWhole = ({ rank }) => rank === RANK.whole || rank === RANK.sound;

const SORT_OF_HROMADA = '(?:міська |селищна |сільська )?(?:територіальна )?';
// Words for the kind of a place, which are typed with its name and are no part of it.
const KIND_WORDS = [
  ['region', 'oblast область області обл region province voivodeship wojewodztwo воєводство земля край'],
  ['municipality', 'hromada громада отг тг gmina city town municipality місто м город г район raion'],
].map(([type, words]) => [type, new RegExp(`(^| )(?:${SORT_OF_HROMADA})?(?:${words.replaceAll(' ', '|')})(?= |$)`)]);

/**
 * @param {Array<{names: string[]}>} entries What can be found, each with all its names.
 * @returns {object} The index: the entries with their folded names as `text`; `hear` adds the sounds.
 */
export function indexNames(entries) {
  const { compare } = new Intl.Collator();
  const sorted = [...entries].sort((a, b) => compare(a.names[0], b.names[0]));
  return {
    entries: sorted.map((entry) => ({
      ...entry,
      text: `\n${fold(entry.names.join('\n'))}\n`,
      sounds: '',
      ties: entry.place?.ties.length || 0,
    })),
    heard: 0,
    words: [],
    letters: [],
    owners: [],
  };
}

/**
 * Add the sounds of names to an index, some entries at a time: a page has a hundred thousand names.
 *
 * @param {object} index From `indexNames`.
 * @param {number} count How many entries to add at most.
 * @returns {boolean} Whether entries are left.
 */
export function hear(index, count = Infinity) {
  const { entries, words, letters, owners } = index;
  const end = Math.min(entries.length, index.heard + count);
  for (; index.heard < end; index.heard++) {
    const entry = entries[index.heard];
    entry.sounds = soundsOf(entry.text);
    for (const word of new Set(entry.sounds.split('\n'))) {
      if (word.length < GUESS_FROM_LETTERS) continue;
      words.push(word);
      letters.push(lettersOf(word));
      owners.push(index.heard);
    }
  }
  return index.heard < entries.length;
}

/**
 * Rank the entries that have a name like the one typed: the whole name first, then its beginning, then its sound, then
 * the beginning of a later word, then any part of it; within a rank, the places with the most partnerships first. Where
 * nothing is called so, names with a wrong letter or two follow.
 *
 * @param {object} index From `indexNames`.
 * @param {string} typed What the reader typed.
 * @returns {Array<object>} At most twelve entries, each with the name that matched as `by`; those whose name is only
 *   like the one typed have `isGuess`.
 */
export function findByName(index, typed) {
  hear(index);
  const wanted = fold(typed);
  const found = findWhole(index, wanted);
  if (!wanted || found.some(isWhole)) return found;
  for (const [type, pattern] of KIND_WORDS) {
    const rest = wanted.replace(pattern, '').trim();
    if (!rest || rest === wanted) continue;
    const isWanted = (entry) => (entry.type ?? entry.place?.type) === type;
    const named = findWhole(index, rest).filter(
      (entry) => isWhole(entry) || (isWanted(entry) && entry.rank === RANK.start),
    );
    const kept = [...named.filter(isWanted), ...named.filter((entry) => !isWanted(entry)), ...found];
    if (kept.length) return [...new Map(kept.map((entry) => [entry.at, entry])).values()].slice(0, MOST_FOUND);
  }
  const known = new Set(found.map((entry) => entry.at));
  return [...found, ...guess(index, wanted).filter((entry) => !known.has(entry.at))].slice(0, MOST_FOUND);
}

function findWhole({ entries }, wanted) {
  if (!wanted) return [];
  const sounds = soundsTyped(wanted).filter((sound) => sound.length >= HEARD_FROM_LETTERS);
  const best = [];
  for (let at = 0; at < entries.length; at++) {
    const { ties } = entries[at];
    const last = best.length < MOST_FOUND ? null : best[MOST_FOUND - 1];
    const hit = match(entries[at], wanted, sounds);
    if (!hit || (last && (hit.rank - last.rank || last.ties - ties) >= 0)) continue;
    let to = best.length;
    while (to && (hit.rank - best[to - 1].rank || best[to - 1].ties - ties) < 0) to -= 1;
    best.splice(to, 0, { ...hit, ties, at });
    best.length = Math.min(best.length, MOST_FOUND);
  }
  return best.map(({ rank, line, at }) => ({ ...entries[at], rank, at, by: entries[at].names[line()] }));
}

// The rank of an entry, and a function that returns the number of the name that matched.
function match({ text, sounds }, wanted, typed) {
  const at = text.indexOf(wanted);
  if (at >= 0) {
    for (const [rank, mark] of [
      [RANK.whole, `\n${wanted}\n`],
      [RANK.start, `\n${wanted}`],
    ]) {
      const found = text.indexOf(mark);
      if (found >= 0) return { rank, line: () => lineAt(text, found + 1) };
    }
  }
  const heard = typed.find((sound) => sounds.includes(`\n${sound}\n`));
  if (heard) return { rank: RANK.sound, line: () => lineAt(sounds, sounds.indexOf(`\n${heard}\n`) + 1) };
  if (at >= 0) {
    const word = text.indexOf(` ${wanted}`);
    return { rank: word < 0 ? RANK.part : RANK.word, line: () => lineAt(text, word < 0 ? at : word + 1) };
  }
  const begun = typed.find((sound) => sounds.includes(`\n${sound}`));
  return begun ? { rank: RANK.soundStart, line: () => lineAt(sounds, sounds.indexOf(`\n${begun}`) + 1) } : null;
}

const lineAt = (text, at) => text.slice(1, at).split('\n').length - 1;

// "ch" is one sound in English and another in German, Polish and Czech.
function soundsTyped(wanted) {
  const all = [wanted, wanted.replaceAll('ch', 'kh'), wanted.replaceAll('ch', 'cz')].map((text) => soundsOf(text));
  return [...new Set(all)].filter((sound) => sound.length >= GUESS_FROM_LETTERS);
}

// Names that differ by a letter, two in a long name; only the nearest.
function guess({ entries, words, letters, owners }, wanted) {
  const nearest = new Map();
  let least = Infinity;
  for (const sound of soundsTyped(wanted)) {
    const most = sound.length < LONG_FROM_LETTERS ? 1 : 2;
    const bits = lettersOf(sound);
    for (let i = 0; i < words.length; i++) {
      if (Math.abs(words[i].length - sound.length) > most || countBits(bits ^ letters[i]) > 2 * most) continue;
      const far = distance(sound, words[i], most);
      if (far > most || far > (nearest.get(owners[i])?.far ?? Infinity)) continue;
      least = Math.min(least, far);
      nearest.set(owners[i], { far: far + (words[i][0] === sound[0] ? 0 : 0.5), word: words[i] });
    }
  }
  return [...nearest]
    .filter(([, { far }]) => far <= least + 1)
    .map(([at, { far, word }]) => {
      const entry = entries[at];
      const line = lineAt(entry.sounds, entry.sounds.indexOf(`\n${word}\n`) + 1);
      return { ...entry, at, far, by: entry.names[line], isGuess: true };
    })
    .sort((a, b) => a.far - b.far || b.ties - a.ties || a.at - b.at)
    .slice(0, MOST_GUESSES);
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

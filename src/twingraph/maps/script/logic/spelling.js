// Spellings of names: what is the same in two of them, in any script.

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
    .replace(/[łøßđæœıґ]/g, (letter) => LETTERS[letter])
    .replace(/[’'ʼ`´ʹ′]/g, '')
    .replace(/[-–—.,() \t]+/g, ' ')
    .trim();
}
const LETTERS = { ł: 'l', ø: 'o', ß: 'ss', đ: 'd', æ: 'ae', œ: 'oe', ı: 'i', ґ: 'г' };

// Cyrillic letters by their sound; Ukrainian г and Russian г, и and і, are one: readers mix both.
const CYRILLIC = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'h', д: 'd', е: 'e', є: 'e', ж: 'z', з: 'z', и: 'i', і: 'i', ї: 'i', й: 'i', к: 'k' },
  ...{ л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'c', ч: 'c', ш: 's' },
  ...{ щ: 's', ы: 'i', э: 'e', ю: 'u', я: 'a', ј: 'i', ћ: 'c', ђ: 'd', љ: 'l', њ: 'n', џ: 'z' },
};
// The same sounds as languages write them in Latin letters: Żytomierz, Zhytomyr and Schytomyr; the order matters.
const SOUNDS = [
  [/[^a-z\n]/g, ''],
  [/tsch|tch|tsj|tj(?=e)|cz|ch(?=[eiy])|cs/g, 'c'],
  [/s[hz]ch|szcz|stsch|sch|sh|sz|sj/g, 's'],
  [/zh|rz|j(?=[iy])/g, 'z'],
  [/kh|ch/g, 'h'],
  [/t[sz]/g, 'c'],
  [/ph/g, 'f'],
  [/ck|q/g, 'k'],
  [/x/g, 'ks'],
  [/w/g, 'v'],
  [/ou/g, 'u'],
  [/[yj]/g, 'i'],
  [/g/g, 'h'],
  [/i(?=[aeou])/g, ''],
  [/[eo]v(?=[aeiou]?$)/gm, 'iv'],
  [/([a-z])\1+/g, '$1'],
  [/(?<=[^aeiou\n])[aeiou]$/gm, ''],
];

/**
 * @param {string} folded Folded names, one on each line.
 * @returns {string} The sounds of each, with as few differences as the spellings of many languages allow.
 */
export function soundsOf(folded) {
  const latin = /[Ѐ-ӿ]/.test(folded) ? folded.replace(/[Ѐ-ӿ]/g, (letter) => CYRILLIC[letter] ?? '') : folded;
  return SOUNDS.reduce((text, [pattern, sound]) => text.replace(pattern, sound), latin);
}

/**
 * @param {string} a A word.
 * @param {string} b A word.
 * @param {number} most The largest distance that matters.
 * @returns {number} How many letters are missing, added, wrong or exchanged with the next; above `most` if too many.
 */
export function distance(a, b, most) {
  const [long, wide] = [a.length, b.length];
  if (Math.abs(long - wide) > most || wide >= ROOM) return most + 1;
  let [before, above, row] = ROWS;
  for (let j = 0; j <= wide; j++) above[j] = j;
  for (let i = 1; i <= long; i++) {
    const letter = a.charCodeAt(i - 1);
    const last = i > 1 ? a.charCodeAt(i - 2) : -1;
    let least = i;
    row[0] = i;
    for (let j = 1; j <= wide; j++) {
      const other = b.charCodeAt(j - 1);
      let steps = above[j - 1] + (letter === other ? 0 : 1);
      if (above[j] + 1 < steps) steps = above[j] + 1;
      if (row[j - 1] + 1 < steps) steps = row[j - 1] + 1;
      if (j > 1 && last === other && letter === b.charCodeAt(j - 2) && before[j - 2] + 1 < steps)
        steps = before[j - 2] + 1;
      row[j] = steps;
      if (steps < least) least = steps;
    }
    if (least > most) return most + 1;
    [before, above, row] = [above, row, before];
  }
  return above[wide];
}
const ROOM = 128;
const ROWS = [0, 1, 2].map(() => new Uint8Array(ROOM));

/**
 * @param {string} word A word of the letters a to z.
 * @returns {number} The set of its letters as bits: two words that differ by one change differ by two bits at most.
 */
export function lettersOf(word) {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) - 97);
  return bits;
}

/**
 * @param {number} bits Bits.
 * @returns {number} How many are set.
 */
export function countBits(bits) {
  let count = 0;
  for (let left = bits; left; left &= left - 1) count += 1;
  return count;
}

// How names are compared with what is searched for, as `configurator::folded` does it.
const LIKE = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i", ٱ: "ا", ى: "ي", ی: "ي", ة: "ه", ک: "ك" };
/** Small letters without accents, Arabic ones as they are typed in haste. */
export const folded = (text) =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\p{M}ـ]/gu, "")
    .replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660)
    .replace(/[^\0-\x7f]/g, (letter) => LIKE[letter] ?? letter);
/** The name on a tile, whose dot has no words. */
export const nameOf = (tile) => [...tile.querySelectorAll("span")].find(({ textContent }) => textContent)?.textContent ?? "";

const order = new Intl.Collator('zh-Hans-CN-u-co-pinyin');
/** The first word of each letter in the order of pinyin; i, u and v begin no syllable. */
const firsts = [...'阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀'];
const letters = 'abcdefghjklmnopqrstwxyz';

function initial(character: string): string {
  if (!/\p{Script=Han}/u.test(character)) return /[\p{L}\p{N}]/u.test(character) ? character.toLowerCase() : '';
  let found = 0;
  firsts.forEach((first, index) => {
    if (order.compare(first, character) <= 0) found = index;
  });
  return letters[found] ?? '';
}

/** The first letters of a name's pinyin, as the browser's own order of Chinese words tells them: 星海医院 → xhyy. */
export function initialsOf(name: string): string {
  return [...name].map(initial).join('');
}

/** Whether a name holds what was typed: its characters, or the first letters of their pinyin. */
export function isNamed(name: string, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return true;
  return name.toLowerCase().includes(wanted) || (/^[a-z0-9]+$/.test(wanted) && initialsOf(name).includes(wanted));
}

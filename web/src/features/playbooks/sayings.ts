import type { Saying } from './queries';

const between = /[、,，;；]/;

/** Everyday words as lines to edit: "砍价、讲价 → 降价、折扣". */
export function asText(sayings: Saying[]): string {
  return sayings.map((each) => `${each.said.join('、')} → ${each.means.join('、')}`).join('\n');
}

/** Lines as everyday words; `wrong` is the number of the first line that is not one, or 0. */
export function asSayings(text: string): { sayings: Saying[]; wrong: number } {
  const sayings: Saying[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (!line.trim()) continue;
    const sides = line.split(/→|->|=>/).map((side) => side.split(between).map((word) => word.trim()).filter(Boolean));
    const [said, means] = sides;
    if (sides.length !== 2 || !said?.length || !means?.length) return { sayings, wrong: at + 1 };
    sayings.push({ said, means });
  }
  return { sayings, wrong: 0 };
}

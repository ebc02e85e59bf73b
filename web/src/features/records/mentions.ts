/** What stands behind the @ that is being typed at the caret, or null where none is. */
export function mentionAt(text: string, caret: number): string | null {
  const found = /@([^\s@，。,.]{0,20})$/.exec(text.slice(0, caret));
  return found ? (found[1] ?? '') : null;
}

/** The text with the name put in place of what was typed after the @, and the new caret. */
export function withMention(text: string, caret: number, name: string): { text: string; caret: number } {
  const before = text.slice(0, caret).replace(/@[^\s@，。,.]{0,20}$/, `@${name} `);
  return { text: before + text.slice(caret), caret: before.length };
}

import css from './Avatar.module.css';

const hues = [212, 262, 322, 12, 32, 152, 178, 232];

function hueOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum += letter.codePointAt(0) ?? 0;
  return hues[sum % hues.length] ?? 212;
}

/** The last two letters of a Chinese name, or initials, on the person's own colour. */
export function Avatar({ name, size = 24 }: { name: string; size?: number }) {
  const chinese = /[\u3400-\u9fff]/.test(name);
  const letters = chinese ? name.slice(-2) : name.split(/\s+/).slice(0, 2).map((part) => part.charAt(0)).join('').toUpperCase();
  return (
    <span
      className={css.avatar}
      aria-hidden="true"
      style={{ width: size, height: size, fontSize: Math.max(9, size * 0.4), background: `hsl(${hueOf(name)} 48% 30%)` }}
    >
      {letters}
    </span>
  );
}

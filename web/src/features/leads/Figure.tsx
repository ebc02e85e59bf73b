import { number } from '@/ui/format';
import css from './Channels.module.css';
import { share } from './channels';

type Props = { part: number; whole?: number; label: string; tone?: 'bad' | 'good'; onOpen: () => void };

/** A figure with its numerator and denominator; it opens the leads that it counts. */
export function Figure({ part, whole, label, tone, onOpen }: Props) {
  const text = whole === undefined ? number(part) : share(part, whole);
  return (
    <button type="button" className={`plain ${css.figure ?? ''}`} aria-label={whole === undefined ? `${label} ${text}` : `${label} ${text} ${number(part)}/${number(whole)}`} data-tone={part > 0 ? tone : undefined} disabled={part === 0} onClick={onOpen}>
      <strong className="num">{text}</strong>{' '}
      {whole !== undefined && (
        <small className="num">
          {number(part)}/{number(whole)}
        </small>
      )}
    </button>
  );
}

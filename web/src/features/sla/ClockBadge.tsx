import { useTranslation } from 'react-i18next';
import { durationText } from '@/ui/duration';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { useNow } from '@/ui/now';
import css from './ClockBadge.module.css';
import { faceOf, secondsLeft, stepOf, type Brief, type Face } from './countdown';

const marks: Record<Face, string> = { running: '◷', soon: '◷', late: '!', paused: '‖', met: '✓', breached: '✓', cancelled: '–' };

type Props = { clock: Brief; named?: boolean; onOpen?: () => void };

/** A clock with its countdown; where it opens, a click says why it runs. */
export function ClockBadge({ clock, named, onOpen }: Props) {
  const { t } = useTranslation('sla');
  const name = useName();
  const now = useNow((at) => stepOf(clock, at));
  const face = faceOf(clock, now);
  const left = secondsLeft(clock, now);
  const time = durationText(Math.abs(left ?? 0), t);
  const said = left === null && (face === 'running' || face === 'soon') ? t('face.open') : t(`face.${face}`, { time });
  const hint = [name(clock.policy), clock.due_at && t('dueAt', { at: dateTime(clock.due_at) })].filter(Boolean).join(' · ');
  const body = (
    <>
      <span aria-hidden="true" className={css.mark}>
        {marks[face]}
      </span>
      {named && <span className={css.policy}>{name(clock.policy)}</span>}
      <span className="num">{said}</span>
    </>
  );
  const look = { className: css.badge, 'data-face': face, 'data-red': clock.is_red || undefined, title: hint };
  if (!onOpen) return <span {...look}>{body}</span>;
  return (
    <button
      type="button"
      {...look}
      onClick={(event) => {
        event.stopPropagation();
        onOpen();
      }}
    >
      {body}
    </button>
  );
}

import { useTranslation } from 'react-i18next';
import { durationText } from '@/ui/duration';
import { dateTime } from '@/ui/format';
import { useNow } from '@/ui/now';
import css from './ClockBadge.module.css';
import { faceOf, secondsLeft, stepOf } from './countdown';

type Props = { at: string; late: boolean; red: boolean };

/** By when something is due, counting down; whatever kind of thing it is. */
export function DueBadge({ at, late, red }: Props) {
  const { t } = useTranslation('sla');
  const clock = { state: 'running', due_at: at, is_late: late };
  const now = useNow((moment) => stepOf(clock, moment));
  const face = faceOf(clock, now);
  return (
    <span className={css.badge} data-face={face} data-red={red || undefined} title={t('dueAt', { at: dateTime(at) })}>
      <span aria-hidden="true" className={css.mark}>
        {face === 'late' ? '!' : '◷'}
      </span>
      <span className="num">{t(`face.${face}`, { time: durationText(Math.abs(secondsLeft(clock, now) ?? 0), t) })}</span>
    </span>
  );
}

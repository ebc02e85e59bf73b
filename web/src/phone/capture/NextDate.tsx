import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { daysLater, dayIn, morningOf, quickDays } from '@/features/fieldwork/nextDates';
import { date } from '@/ui/format';
import phone from '@/phone/phone.module.css';
import css from './capture.module.css';

type Props = { title: string; value: string | null; onChange: (next_at: string | null) => void };

/** When they meet again: one tap for the usual days, any other day by the calendar. */
export function NextDate({ title, value, onChange }: Props) {
  const { t } = useTranslation('followups');
  const now = new Date();
  const chosen = value ? dayIn(new Date(value)) : '';
  const isQuick = quickDays.some(({ days }) => dayIn(daysLater(now, days)) === chosen);
  const [isChoosing, setChoosing] = useState(chosen !== '' && !isQuick);
  return (
    <section className={phone.panel} aria-label={title}>
      <div className={css.head}>
        <h2>{title}</h2>
        {chosen && <span className={css.found}>{date(chosen)}</span>}
      </div>
      <div className={css.chips}>
        {quickDays.map(({ key, days }) => {
          const day = daysLater(now, days);
          return (
            <button
              key={key}
              type="button"
              aria-pressed={dayIn(day) === chosen}
              onClick={() => {
                setChoosing(false);
                onChange(day.toISOString());
              }}
            >
              {t(`next.${key}`)}
            </button>
          );
        })}
      </div>
      <div className={css.line} style={{ marginTop: 8 }}>
        {isChoosing ? (
          <input type="date" aria-label={t('next.other')} min={dayIn(now)} value={chosen} onChange={(event) => { onChange(morningOf(event.target.value)?.toISOString() ?? null); }} />
        ) : (
          <button type="button" className={css.speak} onClick={() => { setChoosing(true); }}>
            {t('next.other')}
          </button>
        )}
      </div>
    </section>
  );
}

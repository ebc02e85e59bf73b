import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LogDay } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { timeOfDay } from '@/ui/format';
import { useName } from '@/ui/names';
import css from './saleslog.module.css';

/** What the system knows of the day, part by part. */
export function DayParts({ day }: { day: LogDay }) {
  const { t } = useTranslation('saleslog');
  const name = useName();
  return (
    <section className={css.panel} aria-labelledby="done">
      <h2 id="done">{t('done')}</h2>
      {day.parts.length === 0 && <p className="muted">{t('nothingDone')}</p>}
      {day.parts.map((part) => (
        <div key={part.key}>
          <h3>
            {name(part.name)} <span className="num muted">{part.items.length}</span>
          </h3>
          <ul>
            {part.items.map((item) => (
              <li key={item.id} className={css.item}>
                <span className="num muted">{timeOfDay(item.at)}</span>
                <span>
                  {item.record && <Link to={recordPath(item.record.type, item.record.id)}>{item.record.title}</Link>} {item.text}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {day.untold > 0 && <p className="muted">{t('untold', { count: day.untold })}</p>}
    </section>
  );
}

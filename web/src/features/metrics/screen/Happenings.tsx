import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useHappened } from '@/features/metrics/panels/panels';
import { recordPath } from '@/features/records/address';
import { dateTime } from '@/ui/format';
import css from './screen.module.css';

const atOnce = 6;

/** What happened today, the newest first. */
export function Happenings() {
  const { t } = useTranslation('screen');
  const found = useHappened();
  return (
    <section className={css.happened} aria-labelledby="happened">
      <h2 id="happened">{t('happened')}</h2>
      {!found.data?.items.length && <p className={css.wait}>{t(found.data ? 'nothing' : found.error ? 'unreachable' : 'waiting')}</p>}
      <ul>
        {found.data?.items.slice(0, atOnce).map((one) => (
          <li key={one.id}>
            <time className="num">{dateTime(one.at).slice(-5)}</time>
            <span>
              <Link to={recordPath(one.record.type, one.record.id)}>{one.record.title}</Link> {[one.person?.name, one.text].filter(Boolean).join(' ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

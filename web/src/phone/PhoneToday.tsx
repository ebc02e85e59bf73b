import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { DueList } from '@/features/desk/DueList';
import { useToday } from '@/features/desk/today';
import { BlockedList, MentionList, RecordLines } from '@/features/desk/TodayLists';
import { useMe } from '@/features/identity/session';
import { useTypes } from '@/features/records/meta';
import { Empty, Faces } from '@/ui/faces';
import { number } from '@/ui/format';
import { useName } from '@/ui/names';
import { Entry } from './Entry';
import css from './phone.module.css';

/** What wants a hand today, in one column. */
export default function PhoneToday() {
  const { t } = useTranslation('desk');
  const name = useName();
  const me = useMe();
  const types = useTypes();
  const today = useToday();
  return (
    <>
      <h1 className={css.title}>{t('today.hello', { name: me.name })}</h1>
      <Entry />
      <Faces query={today} rows={10}>
        {(data) => (
          <>
            <nav className={css.counts} aria-label={t('today.open')}>
              {data.my_open.map((one) => (
                <Link key={one.type} to={`/list?type=${one.type}&mine=1`}>
                  <strong className="num">{number(one.count)}</strong>
                  {name(types.find((type) => type.key === one.type)?.plural)}
                </Link>
              ))}
            </nav>
            <section className={css.panel} aria-labelledby="due">
              <h2 id="due">{t('due.title')}</h2>
              {data.due.length ? <DueList due={data.due} /> : <Empty title={t('due.nothing')} />}
            </section>
            <section className={css.panel} aria-labelledby="blocked">
              <h2 id="blocked">{t('today.blocked')}</h2>
              {data.blocked.length ? <BlockedList blocked={data.blocked} /> : <Empty title={t('today.noBlocked')} />}
            </section>
            {data.overdue.length > 0 && (
              <section className={css.panel} aria-labelledby="overdue">
                <h2 id="overdue">{t('today.overdue')}</h2>
                <RecordLines records={data.overdue} tone="bad" />
              </section>
            )}
            {data.mentions.length > 0 && (
              <section className={css.panel} aria-labelledby="mentions">
                <h2 id="mentions">{t('today.mentions')}</h2>
                <MentionList mentions={data.mentions} />
              </section>
            )}
            {data.recent.length > 0 && (
              <section className={css.panel} aria-labelledby="recent">
                <h2 id="recent">{t('today.recent')}</h2>
                <RecordLines records={data.recent} />
              </section>
            )}
          </>
        )}
      </Faces>
    </>
  );
}

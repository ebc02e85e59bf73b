import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DueItem } from '@/api/types';
import { ExceptionList } from '@/features/process/ExceptionList';
import { listPath } from '@/features/records/address';
import { useMe } from '@/features/identity/session';
import { useTypes } from '@/features/records/meta';
import { Empty, Faces } from '@/ui/faces';
import { date, number } from '@/ui/format';
import { useName } from '@/ui/names';
import { DueList } from './DueList';
import { BlockedList, MentionList, RecordLines } from './TodayLists';
import css from './TodayPage.module.css';
import { useSeenMentions, useToday } from './today';

const late = (due: DueItem[]) => due.filter((item) => item.is_late || item.is_red).length;

/** What to do now: what is due, what is blocked with what is missing, what to decide, what is late. */
export default function TodayPage() {
  const { t } = useTranslation('desk');
  const name = useName();
  const me = useMe();
  const types = useTypes();
  const today = useToday();
  const seen = useSeenMentions();
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('today.hello', { name: me.name })}</h1>
        <span className="muted">{today.data ? date(today.data.date) : ''}</span>
      </header>
      <Faces query={today} rows={12}>
        {(data) => (
          <>
            <nav className={css.counts} aria-label={t('today.open')}>
              {data.my_open.map((one) => {
                const type = types.find((other) => other.key === one.type);
                return (
                  <Link key={one.type} to={listPath(one.type, { mine: '1', ...(type?.has_process ? { kind: 'board' } : {}) })} className={css.count}>
                    <span>{name(type?.plural)}</span>
                    <strong className="num">{number(one.count)}</strong>
                  </Link>
                );
              })}
              <Link to="#due" className={css.count} data-tone={late(data.due) ? 'bad' : undefined}>
                <span>{t('due.late')}</span>
                <strong className="num">{late(data.due)}</strong>
              </Link>
              <Link to="#overdue" className={css.count} data-tone={data.overdue.length ? 'bad' : undefined}>
                <span>{t('today.overdue')}</span>
                <strong className="num">{data.overdue.length}</strong>
              </Link>
              <Link to="#stale" className={css.count} data-tone={data.stale.length ? 'warn' : undefined}>
                <span>{t('today.stale')}</span>
                <strong className="num">{data.stale.length}</strong>
              </Link>
            </nav>
            <div className={css.grid}>
              <div className={css.column}>
                <section className={css.panel} aria-labelledby="due">
                  <h2 id="due">
                    {t('due.title')} {data.due.length > 0 && <small>{t('due.hint')}</small>}
                  </h2>
                  {data.due.length ? <DueList due={data.due} /> : <Empty title={t('due.nothing')} hint={t('due.nothingHint')} />}
                </section>
                {data.to_decide.length > 0 && (
                  <section className={css.panel} aria-labelledby="decide">
                    <h2 id="decide">{t('today.toDecide')}</h2>
                    <ExceptionList exceptions={data.to_decide} deciding />
                  </section>
                )}
                <section className={css.panel} aria-labelledby="blocked">
                  <h2 id="blocked">
                    {t('today.blocked')} {data.blocked.length > 0 && <small>{t('today.blockedHint')}</small>}
                  </h2>
                  {data.blocked.length ? (
                    <BlockedList blocked={data.blocked} />
                  ) : (
                    <Empty title={t('today.noBlocked')} hint={t('today.noBlockedHint')} />
                  )}
                </section>
                <section className={css.panel} aria-labelledby="overdue">
                  <h2 id="overdue">{t('today.overdue')}</h2>
                  {data.overdue.length ? <RecordLines records={data.overdue} tone="bad" /> : <Empty title={t('today.noOverdue')} />}
                </section>
              </div>
              <div className={css.column}>
                <section className={css.panel} aria-labelledby="mentions">
                  <h2 id="mentions">
                    {t('today.mentions')}
                    {data.mentions.length > 0 && (
                      <button
                        type="button"
                        className={css.seen}
                        onClick={() => {
                          seen.mutate();
                        }}
                      >
                        {t('today.seen')}
                      </button>
                    )}
                  </h2>
                  {data.mentions.length ? <MentionList mentions={data.mentions} /> : <Empty title={t('today.noMentions')} />}
                </section>
                <section className={css.panel} aria-labelledby="stale">
                  <h2 id="stale">{t('today.stale')}</h2>
                  {data.stale.length ? <RecordLines records={data.stale} age /> : <Empty title={t('today.noStale')} />}
                </section>
                <section className={css.panel} aria-labelledby="recent">
                  <h2 id="recent">{t('today.recent')}</h2>
                  {data.recent.length ? <RecordLines records={data.recent} /> : <Empty title={t('today.noRecent')} />}
                </section>
              </div>
            </div>
          </>
        )}
      </Faces>
    </div>
  );
}

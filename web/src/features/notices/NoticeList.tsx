import { ExclamationCircleFilled, FileTextOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Notice } from '@/api/types';
import { Empty, Failure, Loading } from '@/ui/faces';
import { ago, dateTime } from '@/ui/format';
import css from './NoticeList.module.css';
import { useNotices, useSee, type Box } from './notices';

function byUrgency(notices: Notice[]): Notice[] {
  const urgent = (one: Notice) => one.is_red && !one.seen_at;
  return [...notices.filter(urgent), ...notices.filter((one) => !urgent(one))];
}

/** Notices with the urgent ones on top; each leads to the place where something is to be done. */
export function NoticeList({ box, onOpen }: { box: Box; onOpen: () => void }) {
  const { t } = useTranslation('notices');
  const list = useNotices(box);
  const see = useSee();
  const open = (notice: Notice) => {
    if (!notice.seen_at) see.mutate([notice.id]);
    onOpen();
  };
  if (!list.data) return list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : <Loading rows={6} />;
  const notices = byUrgency(list.data.pages.flatMap((page) => page.items));
  if (notices.length === 0) return <Empty title={t(`empty.${box}`)} />;
  return (
    <>
      <ul className={css.list}>
        {notices.map((notice) => (
          <li key={notice.id} className={css.notice} data-red={notice.is_red || undefined} data-seen={notice.seen_at ? true : undefined}>
            <div className={css.told}>
              <Link
                to={notice.link || '#'}
                className={css.link}
                onClick={() => {
                  open(notice);
                }}
              >
                <span className={css.title}>
                  {notice.is_red && <ExclamationCircleFilled className={css.red} aria-label={t('red')} />}
                  {notice.is_copy && <small className={css.copy}>{t('copy')}</small>}
                  {notice.title}
                </span>
                {notice.body && <span className={css.body}>{notice.body}</span>}
                <small className="muted">
                  {ago(notice.at)} · <time dateTime={notice.at}>{dateTime(notice.at)}</time>
                </small>
              </Link>
              {notice.document_id !== null && (
                <Link
                  to={`/documents/${notice.document_id}`}
                  className={css.paper}
                  onClick={() => {
                    open(notice);
                  }}
                >
                  <FileTextOutlined aria-hidden /> {t('readPaper')}
                </Link>
              )}
            </div>
            {!notice.seen_at && (
              <button
                type="button"
                className={css.seen}
                aria-label={t('markSeen', { title: notice.title })}
                title={t('seen')}
                onClick={() => {
                  see.mutate([notice.id]);
                }}
              >
                <span className={css.dot} />
              </button>
            )}
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <button type="button" className={css.more} disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('loadMore', { ns: 'ui' })}
        </button>
      )}
    </>
  );
}

import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ConversationRow } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { dateTime } from '@/ui/format';
import css from './conversations.module.css';

/** What kind it is, when it was, who had it, where it belongs. */
export function Facts({ row }: { row: ConversationRow }) {
  const { t } = useTranslation('conversations');
  const shown = row.deal ?? row.record;
  return (
    <p className={css.facts}>
      <span className="num">{dateTime(row.at)}</span>
      {row.author && <span>{row.author.name}</span>}
      <span>{t(`origins.${row.origin}`)}</span>
      {shown && <Link to={recordPath(shown.type, shown.id)}>{shown.title}</Link>}
    </p>
  );
}

/** One conversation of a list. */
export function ConversationCard({ row }: { row: ConversationRow }) {
  const { t } = useTranslation('conversations');
  return (
    <li className={css.card}>
      <div className={css.head}>
        <span className={css.kind}>{t(`kinds.${row.kind}`)}</span>
        <Link to={`/conversations/${String(row.id)}`}>{row.title || t('untitled')}</Link>
        {row.promises_open > 0 && <span className={css.mark}>{t('promisesOpen', { count: row.promises_open })}</span>}
        {row.is_draft && <span className={css.mark}>{t('draft')}</span>}
      </div>
      {row.excerpt ? <p className={css.excerpt}>{row.excerpt}</p> : row.problem && <p className={css.excerpt}>{row.problem}</p>}
      <Facts row={row} />
    </li>
  );
}

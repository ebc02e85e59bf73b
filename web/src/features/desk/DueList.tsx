import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DueItem } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { DueBadge } from '@/features/sla/DueBadge';
import { DoneButton } from '@/features/tasks/TaskLine';
import css from './DueList.module.css';

const keyOf = (item: DueItem) => [item.kind, item.clock_id, item.task_id, item.case_id, item.record?.id].join(':');

/** What one owes, the soonest due first: clocks, tasks, approvals and exceptions alike. */
export function DueList({ due }: { due: DueItem[] }) {
  const { t } = useTranslation('desk');
  return (
    <ul className={css.list}>
      {due.map((item) => {
        const title = item.record && item.kind === 'clock' ? item.record.title : item.title;
        return (
          <li key={keyOf(item)} className={css.line} data-red={item.is_red || undefined}>
            {item.task_id !== null ? <DoneButton id={item.task_id} title={item.title} /> : <span className={css.dot} data-kind={item.kind} aria-hidden="true" />}
            <div className={css.text}>
              <Link to={item.link} className={css.title}>
                {title}
              </Link>
              <div className={css.facts}>
                <span>{t(`due.${item.kind}`)}</span>
                {item.kind === 'clock' && <span>{item.title}</span>}
                {item.record && item.kind !== 'clock' && item.record.title !== item.title && <Link to={recordPath(item.record.type, item.record.id)}>{item.record.title}</Link>}
              </div>
            </div>
            {item.at ? <DueBadge at={item.at} late={item.is_late} red={item.is_red} /> : <span className="muted">{t('due.someday')}</span>}
          </li>
        );
      })}
    </ul>
  );
}

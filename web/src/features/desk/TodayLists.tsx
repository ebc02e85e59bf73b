import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BlockedRecord, Mention, RecordItem } from '@/api/types';
import { fieldText } from '@/features/fields/display';
import { MissingList } from '@/features/process/MissingList';
import { StageTag } from '@/features/process/StageTag';
import { recordPath } from '@/features/records/address';
import { amountField, fieldOf, stageOf, useTypes } from '@/features/records/meta';
import { ClockBadge } from '@/features/sla/ClockBadge';
import { Avatar } from '@/ui/Avatar';
import { ago } from '@/ui/format';
import { useNavigate } from 'react-router';
import { AgeChip } from './AgeChip';
import css from './TodayPage.module.css';
import { titleText } from './columns';

/** Records whose move was stopped, each with every missing item as a link. */
export function BlockedList({ blocked }: { blocked: BlockedRecord[] }) {
  const { t } = useTranslation('desk');
  const types = useTypes();
  const navigate = useNavigate();
  return (
    <ul className={css.blocked}>
      {blocked.map(({ record, attempts, missing, last_at: lastAt }) => {
        const type = types.find((one) => one.key === record.type);
        if (!type) return null;
        return (
          <li key={record.id}>
            <div className={css.line}>
              <Link to={recordPath(record.type, record.id)} className={css.title}>
                {titleText(record)}
              </Link>
              <StageTag stage={stageOf(type, record.stage)} />
              {record.clock && <ClockBadge clock={record.clock} />}
              <span className="muted">
                {t('today.attempts', { count: attempts })} · {ago(lastAt)}
              </span>
            </div>
            <MissingList
              items={missing}
              type={type}
              onGo={(where) => {
                void navigate(recordPath(record.type, record.id, where));
              }}
            />
          </li>
        );
      })}
    </ul>
  );
}

/** Records in one line each. */
export function RecordLines({ records, tone, age }: { records: RecordItem[]; tone?: 'bad'; age?: boolean }) {
  const { t, i18n } = useTranslation('fields');
  const types = useTypes();
  return (
    <ul>
      {records.map((record) => {
        const type = types.find((one) => one.key === record.type);
        const amount = amountField(type);
        const due = fieldOf(type, 'expected_close');
        const text = (field: typeof due) => (field ? fieldText(field, record, i18n.language, { yes: t('yes'), no: t('no') }) : '');
        return (
          <li key={record.id} className={css.line}>
            <Link to={recordPath(record.type, record.id)} className={css.title}>
              {titleText(record)}
            </Link>
            {record.stage && <StageTag stage={stageOf(type, record.stage)} />}
            {amount && <span className="num">{text(amount)}</span>}
            {tone === 'bad' && due && <span className={css.bad}>{text(due)}</span>}
            {record.clock && <ClockBadge clock={record.clock} />}
            {age && <AgeChip record={record} stage={stageOf(type, record.stage)} />}
          </li>
        );
      })}
    </ul>
  );
}

export function MentionList({ mentions }: { mentions: Mention[] }) {
  return (
    <ul>
      {mentions.map((mention) => (
        <li key={mention.id} className={css.mention}>
          <Avatar name={mention.author} size={26} />
          <div className="grow">
            <div>
              <strong>{mention.author}</strong> · <Link to={recordPath(mention.record_type, mention.record_id)}>{mention.title}</Link>{' '}
              <span className="muted">{ago(mention.at)}</span>
            </div>
            <p className={css.quote}>{mention.text}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}

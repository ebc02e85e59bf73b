import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Case } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { ago, dateTime, listed } from '@/ui/format';
import { useName } from '@/ui/names';
import { StateTag } from './CaseCard';
import { SaidFiles } from './CaseSteps';
import css from './CasePage.module.css';
import { useRowText } from './formText';

/** What a case is about: its state, its requester, the form, and what came of it. */
export function CaseFacts({ item }: { item: Case }) {
  const { t } = useTranslation('approvals');
  const name = useName();
  const text = useRowText();
  const outcome = item.outcome;
  return (
    <div className={css.whole}>
      <header className={css.head}>
        <h1>{item.title}</h1>
        <StateTag state={item.state} />
      </header>
      <p className={css.line}>
        <span>{name(item.flow.name)}</span>
        <span title={dateTime(item.opened_at)}>{t('case.askedBy', { name: item.requester.name, at: ago(item.opened_at) })}</span>
        {item.record && <Link to={recordPath(item.record.type, item.record.id)}>{item.record.title}</Link>}
      </p>
      {item.is_by_hand && <p className={css.byHand}>{t(item.record ? 'case.byHandOnRecord' : 'case.byHand')}</p>}
      {outcome && (
        <p className={css.outcome} data-bad={!outcome.carried_out || undefined} role="status">
          {outcome.carried_out ? t('case.carriedOut') : t('case.notCarriedOut')} {outcome.detail}
        </p>
      )}
      {item.comment && <blockquote className={css.comment}>{item.comment}</blockquote>}
      <SaidFiles files={item.files} label={t('case.files')} />
      {item.form.length > 0 && (
        <dl className={css.facts}>
          {item.form.map((row) => (
            <div key={row.key}>
              <dt>{name(row.name)}</dt>
              <dd>{text(row)}</dd>
            </div>
          ))}
        </dl>
      )}
      {item.copies.length > 0 && <p className="muted">{t('case.copied', { people: listed(item.copies.map((copy) => copy.person.name)) })}</p>}
    </div>
  );
}

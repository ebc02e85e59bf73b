import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseBrief } from '@/api/types';
import { ClockBadge } from '@/features/sla/ClockBadge';
import { Avatar } from '@/ui/Avatar';
import { ago, dateTime, listed } from '@/ui/format';
import { useName } from '@/ui/names';
import css from './CaseCard.module.css';
import { useRowText } from './formText';

/** How a case stands, in one word. */
export function StateTag({ state }: { state: CaseBrief['state'] }) {
  const { t } = useTranslation('approvals');
  return (
    <span className={css.state} data-state={state}>
      {t(`case.state.${state}`)}
    </span>
  );
}

/** A case in a list: whose, about what, the chosen fields, where it stands and how long that may last. */
export function CaseCard({ item }: { item: CaseBrief }) {
  const { t } = useTranslation('approvals');
  const name = useName();
  const text = useRowText();
  return (
    <Link to={`/approvals/${item.id}`} className={css.card} data-unseen={!item.is_seen || undefined}>
      <span className={css.head}>
        <strong className={css.title}>{item.title}</strong>
        {item.clock && item.state === 'running' && <ClockBadge clock={{ ...item.clock, policy: item.flow.name }} />}
        <StateTag state={item.state} />
      </span>
      <span className={css.line}>
        <span>{name(item.flow.name)}</span>
        {item.on_behalf_of && <span className={css.behalf}>{t('case.onBehalf', { name: item.on_behalf_of.name })}</span>}
      </span>
      {item.summary.length > 0 && (
        <span className={css.facts}>
          {item.summary.map((row) => (
            <span key={row.key}>
              <small>{name(row.name)}</small> {text(row)}
            </span>
          ))}
        </span>
      )}
      <span className={css.line}>
        <span className={css.person}>
          <Avatar name={item.requester.name} size={20} /> {item.requester.name}
        </span>
        <span title={dateTime(item.opened_at)}>{ago(item.opened_at)}</span>
        {item.state === 'running' && item.node && (
          <span>
            {t('case.waits', { node: name(item.node), people: listed(item.waiting_for.map((one) => one.name)) })}
          </span>
        )}
      </span>
    </Link>
  );
}

import { useTranslation } from 'react-i18next';
import type { CaseAsk, CaseNode } from '@/api/types';
import { ClockBadge } from '@/features/sla/ClockBadge';
import { Avatar } from '@/ui/Avatar';
import { dateTime, listed } from '@/ui/format';
import { useName } from '@/ui/names';
import { SaidFiles } from './CaseSteps';
import css from './CasePath.module.css';

const marks: Record<CaseNode['state'], string> = { ahead: '', current: '●', done: '✓', skipped: '–', refused: '✕', returned: '↩', closed: '–' };

function AskLine({ ask }: { ask: CaseAsk }) {
  const { t } = useTranslation('approvals');
  const times = [
    ask.asked_at && t('case.askedAt', { at: dateTime(ask.asked_at) }),
    ask.seen_at && t('case.seenAt', { at: dateTime(ask.seen_at) }),
    ask.ended_at && t('case.answeredAt', { at: dateTime(ask.ended_at) }),
  ].filter(Boolean);
  return (
    <li className={css.ask} data-state={ask.state}>
      <div className={css.line}>
        <Avatar name={ask.person.name} size={22} />
        <strong>{ask.person.name}</strong>
        <span className={css.said} data-state={ask.state}>
          {t(`case.ask.${ask.state}`)}
        </span>
        {ask.on_behalf_of && <span className={css.behalf}>{t('case.onBehalf', { name: ask.on_behalf_of.name })}</span>}
        {ask.added_by !== null && <span className="muted">{t('case.added')}</span>}
        {ask.clock && ask.state === 'waiting' && <ClockBadge clock={{ ...ask.clock, policy: {} }} />}
        {ask.state === 'waiting' && !ask.seen_at && <span className="muted">{t('case.unseen')}</span>}
      </div>
      {times.length > 0 && <div className={css.times}>{times.join(' · ')}</div>}
      {ask.comment && <blockquote className={css.comment}>{ask.comment}</blockquote>}
      <SaidFiles files={ask.files} />
    </li>
  );
}

/** Whoever was asked and need not answer any more, for others have decided, and said nothing. */
function isSpared(ask: CaseAsk): boolean {
  return ask.state === 'closed' && !ask.comment && ask.files.length === 0;
}

/** All of them in one line: what counts in a step is who answered. */
function Spared({ asks }: { asks: CaseAsk[] }) {
  const { t } = useTranslation('approvals');
  if (asks.length === 0) return null;
  return (
    <li className={css.spared}>{t('case.spared', { people: listed(asks.map((ask) => ask.person.name)) })}</li>
  );
}

/** The way of a case from step to step: who was asked when, saw it, and said what. */
export function CasePath({ nodes }: { nodes: CaseNode[] }) {
  const { t } = useTranslation('approvals');
  const name = useName();
  return (
    <ol className={css.path} aria-label={t('case.path')}>
      {nodes.map((node, index) => (
        <li key={`${node.key}-${node.round}-${index}`} className={css.node} data-state={node.state} data-void={node.is_void || undefined} aria-current={node.state === 'current' ? 'step' : undefined}>
          <span className={css.mark} aria-hidden="true">
            {marks[node.state]}
          </span>
          <div className={css.body}>
            <div className={css.line}>
              <strong>{name(node.name)}</strong>
              <span className="muted">{t(`case.node.${node.state}`)}</span>
              {node.mode && node.asks.length > 1 && <span className="muted">{t(`flow.mode.${node.mode}`)}</span>}
              {node.is_void && <span className="muted">{t('case.void')}</span>}
            </div>
            <ul>
              {node.asks.filter((ask) => !isSpared(ask)).map((ask, at) => (
                <AskLine key={ask.id ?? `ahead-${at}`} ask={ask} />
              ))}
              <Spared asks={node.asks.filter(isSpared)} />
            </ul>
          </div>
        </li>
      ))}
    </ol>
  );
}

import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SupportCaseRow } from '@/api/types';
import { DueBadge } from '@/features/sla/DueBadge';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import css from './support.module.css';

const tones: Record<string, string> = { met: 'ok', missed: 'bad' };

/** What a case counts as by now. */
export function Outcome({ found }: { found: SupportCaseRow }) {
  const { t } = useTranslation('support');
  return (
    <span className={css.tag} data-tone={tones[found.outcome]}>
      {t(`outcome.${found.outcome}`)}
    </span>
  );
}

/** Where a case stands, counting down while it is open. */
export function Standing({ found }: { found: SupportCaseRow }) {
  const { t } = useTranslation('support');
  if (found.state === 'open' && found.answer_by) return <DueBadge at={found.answer_by} late={found.is_late} red={found.is_late} />;
  return <span className={css.tag}>{t(`state.${found.state}`)}</span>;
}

function CaseLine({ found, isCounted }: { found: SupportCaseRow; isCounted?: boolean }) {
  const { t } = useTranslation('support');
  const name = useName();
  const about = found.record ?? found.customer;
  return (
    <li className={css.line}>
      <div>
        <Link to={`/support/${found.id}`} className={css.what}>
          {found.what}
        </Link>
        <div className={css.facts}>
          <span className="num">{found.number}</span>
          <span>{name(found.kind.name)}</span>
          {about && <span>{about.title}</span>}
          <span>{t('asks', { name: found.requester.name })}</span>
          <span>{found.owner ? t('helps', { name: found.owner.name }) : t('nobody')}</span>
          <span className="num">{dateTime(found.opened_at)}</span>
          {found.reopened > 0 && <span className={css.bad}>{t('reopenedTimes', { count: found.reopened })}</span>}
        </div>
      </div>
      {isCounted && <Outcome found={found} />}
      <Standing found={found} />
    </li>
  );
}

/** Cases as a list. */
export function CaseLines({ cases, isCounted }: { cases: SupportCaseRow[]; isCounted?: boolean }) {
  const { t } = useTranslation('support');
  return (
    <ul aria-label={t('title')}>
      {cases.map((each) => (
        <CaseLine key={each.id} found={each} isCounted={isCounted} />
      ))}
    </ul>
  );
}

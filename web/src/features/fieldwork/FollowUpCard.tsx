import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FollowUp } from '@/api/types';
import { useMe } from '@/features/identity/session';
import { recordPath } from '@/features/records/address';
import { dateTime, dayOf, listed } from '@/ui/format';
import { useName } from '@/ui/names';
import { Doubts } from './Doubts';
import css from './fieldwork.module.css';
import { useOptions } from './followups';
import { LackLine } from './LackLine';
import { OwnActs } from './OwnActs';

/** The pictures and other files that came with a follow-up. */
function Files({ files }: { files: FollowUp['files'] }) {
  if (files.length === 0) return null;
  return (
    <ul className={css.files}>
      {files.map((file) => (
        <li key={file.id}>
          <a href={file.url} target="_blank" rel="noreferrer">
            {file.thumbnail_url ? <img src={file.thumbnail_url} alt={file.name} loading="lazy" /> : file.name}
          </a>
        </li>
      ))}
    </ul>
  );
}

type Props = { followup: FollowUp; isAlone?: boolean; onContinue?: (followup: FollowUp) => void };

/** One follow-up: who, when, what was learned, what proves it, and whether it counts; what is doubtful as far as the server tells it. */
export function FollowUpCard({ followup, isAlone = false, onContinue }: Props) {
  const { t } = useTranslation('followups');
  const name = useName();
  const me = useMe();
  const options = useOptions().data;
  const kind = name(options?.kinds.find((one) => one.key === followup.kind)?.name);
  const ticks = followup.ticks.map((key) => name(options?.ticks.find((one) => one.key === key)?.name)).filter(Boolean);
  const lacks = followup.missing.map(({ item, kind: what, name: title, shortfall }) => ({ item: { key: item, kind: what, name: title }, shortfall }));
  return (
    <article className={css.card} data-state={followup.state}>
      <header>
        <strong>{kind}</strong>
        <span className={css.state} data-state={followup.state}>
          {t(`state.${followup.state}`)}
        </span>
        {followup.corrected_by !== null && <span className={css.state}>{t('corrected')}</span>}
        {followup.corrects !== null && <span className={css.state}>{t('correction')}</span>}
        <span className="muted">
          {followup.author.name} · {dateTime(followup.at)}
        </span>
      </header>
      {!isAlone && (
        <p>
          <Link to={recordPath(followup.record.type, followup.record.id)}>{followup.record.title}</Link>
          {followup.customer && followup.customer.id !== followup.record.id && <span className="muted"> · {followup.customer.name}</span>}
        </p>
      )}
      {followup.text && <p className={css.text}>{followup.text}</p>}
      <Files files={followup.files} />
      <dl className={css.facts}>
        {ticks.length > 0 && (
          <div>
            <dt>{t('ticks')}</dt>
            <dd>{listed(ticks)}</dd>
          </div>
        )}
        {followup.contact && (
          <div>
            <dt>{t('contact')}</dt>
            <dd>{followup.contact.name}</dd>
          </div>
        )}
        {followup.next_at && (
          <div>
            <dt>{t('next.title')}</dt>
            <dd>{dayOf(followup.next_at)}</dd>
          </div>
        )}
        {followup.place && (
          <div>
            <dt>{t('place.title')}</dt>
            <dd>{t('place.within', { metres: Math.round(followup.place.accuracy_m ?? 0) })}</dd>
          </div>
        )}
        {followup.standard && (
          <div>
            <dt>{t('standard')}</dt>
            <dd>{t('version', { name: name(followup.standard.name), number: followup.standard.version })}</dd>
          </div>
        )}
      </dl>
      {followup.state === 'draft' && <LackLine lacks={lacks} needed={followup.still_needed} />}
      {onContinue && followup.author.id === me.id && followup.corrected_by === null && <OwnActs followup={followup} onContinue={onContinue} />}
      {followup.doubts.length > 0 && <Doubts followup={followup} />}
    </article>
  );
}

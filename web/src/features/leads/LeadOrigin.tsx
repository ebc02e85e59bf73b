import { Button, Checkbox } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DerivedValue, MergeCandidate, Submission } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { Faces } from '@/ui/faces';
import { dateTime, listed } from '@/ui/format';
import css from './MergeSheet.module.css';
import { MergeItem } from './MergeItem';
import { useCandidates, useDerived, useMergesOf, useTouches } from './merging';

const MergeSheet = lazy(() => import('./MergeSheet'));

/** How a lead came: what the person sent, who may be the same person, what was merged. */
export default function LeadOrigin({ id, editable }: { id: number; editable: boolean }) {
  const { t } = useTranslation('leads');
  const touches = useTouches(id);
  const derived = useDerived(id);
  const merges = useMergesOf(id);
  return (
    <div className={css.list}>
      {editable && <Candidates id={id} />}
      <Derived values={derived.data ?? []} />
      <h3>{t('origin.touches')}</h3>
      <Faces query={touches} rows={3} isEmpty={(list) => list.length === 0} empty={<p className="muted">{t('origin.noTouches')}</p>}>
        {(list) => list.map((one) => <Touch key={one.id} touch={one} />)}
      </Faces>
      <Faces query={merges} rows={1} isEmpty={(list) => list.length === 0} empty={<></>}>
        {(list) => (
          <>
            <h3>{t('origin.merges')}</h3>
            {list.map((one) => (
              <MergeItem key={one.id} merge={one} editable={editable} />
            ))}
          </>
        )}
      </Faces>
    </div>
  );
}

function Touch({ touch }: { touch: Submission }) {
  const { t } = useTranslation('leads');
  return (
    <article className={css.item}>
      <header>
        <strong>{touch.channel.name}</strong>
        <span className="muted">{dateTime(touch.at)}</span>
      </header>
      {touch.consent && <span className="muted">{t('origin.consent', { version: touch.form ?? '—' })}</span>}
      {touch.conflicts.map((one) => (
        <span key={one.field} className={css.conflict}>
          {t('origin.conflict', { field: one.field_name, given: String(one.given), held: String(one.held) })}
        </span>
      ))}
      <Derived values={touch.derived} />
      {touch.left_out.map((one) => (
        <span key={one.field} className={css.conflict}>
          {one.field_name}：{one.message}
        </span>
      ))}
      {touch.also.map((one) => (
        <Link key={one.id} to={recordPath('lead', one.id)}>
          {t('origin.also', { name: one.name })}
        </Link>
      ))}
    </article>
  );
}

/** Values that nobody gave, each with what it was taken from. */
function Derived({ values }: { values: DerivedValue[] }) {
  const { t } = useTranslation('leads');
  return values.map((one) => (
    <span key={one.field} className="muted">
      {t('origin.derived', { field: one.field_name, value: one.value, message: one.message })}
    </span>
  ));
}

function Candidates({ id }: { id: number }) {
  const { t } = useTranslation('leads');
  const found = useCandidates(id).data ?? [];
  const [chosen, setChosen] = useState<number[]>([]);
  const [isOpen, setOpen] = useState(false);
  if (found.length === 0) return null;
  return (
    <section className={css.candidates} aria-label={t('origin.candidates')}>
      <h3>{t('origin.candidates')}</h3>
      {found.map((one) => (
        <Candidate key={one.id} one={one} isChosen={chosen.includes(one.id)} onChoose={(on) => { setChosen(on ? [...chosen, one.id] : chosen.filter((other) => other !== one.id)); }} />
      ))}
      <div>
        <Button type="primary" disabled={chosen.length === 0} onClick={() => { setOpen(true); }}>
          {t('merge.open', { count: chosen.length })}
        </Button>
      </div>
      {isOpen && (
        <Suspense fallback={null}>
          <MergeSheet
            id={id}
            others={chosen}
            onClose={() => { setOpen(false); }}
            onDone={() => {
              setOpen(false);
              setChosen([]);
            }}
          />
        </Suspense>
      )}
    </section>
  );
}

function Candidate({ one, isChosen, onChoose }: { one: MergeCandidate; isChosen: boolean; onChoose: (on: boolean) => void }) {
  const { t } = useTranslation('leads');
  const facts = [one.company, one.phone, one.email, one.owner ?? t('merge.noOwner'), one.stage].filter(Boolean).join(' · ');
  return (
    <div className={css.candidate}>
      <Checkbox aria-label={t('merge.choose', { name: one.name })} checked={isChosen} onChange={(event) => { onChoose(event.target.checked); }} />
      <div>
        <Link to={recordPath('lead', one.id)}>{one.name}</Link>
        <div className="muted">{facts}</div>
      </div>
      <span>{listed(one.matches.map((kind) => t(`origin.match.${kind}`, { defaultValue: kind })))}</span>
    </div>
  );
}

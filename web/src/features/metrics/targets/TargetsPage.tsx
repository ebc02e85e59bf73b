import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { UnitChooser } from '@/features/metrics/UnitChooser';
import { useAddress } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { today } from '@/features/metrics/periods';
import css from './targets.module.css';
import { useSetTargets, useTargets, wishesOf, type Drafts } from './targets';
import { TargetTable } from './TargetTable';

/** Targets of units and people month by month, beside what was won. */
export default function TargetsPage() {
  const { t } = useTranslation('targets');
  const address = useAddress();
  const thisYear = Number(today().slice(0, 4));
  const year = Number(address.get('year')) || thisYear;
  const unit = Number(address.get('unit')) || undefined;
  const found = useTargets(year, unit);
  const setting = useSetTargets();
  const [drafts, setDrafts] = useState<Drafts | null>(null);
  const [said, setSaid] = useState('');
  const rows = found.data?.rows ?? [];
  const wishes = drafts && wishesOf(rows, drafts);
  const keep = () => {
    if (!wishes) return;
    if (wishes.length === 0) { setDrafts(null); return; }
    setting.mutate(wishes, {
      onSuccess: () => { setDrafts(null); setSaid(''); },
      onError: (error) => {
        const problem = problemOf(error);
        setSaid(problem?.status === 412 ? t('conflict') : (problem?.message ?? t('failed')));
      },
    });
  };
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('title')}</h1>
        <UnitChooser value={unit ?? null} onChange={(id) => { setDrafts(null); address.set({ unit: id === null ? null : String(id) }); }} />
        <Select
          aria-label={t('year')}
          value={year}
          options={[thisYear - 1, thisYear, thisYear + 1].map((each) => ({ value: each, label: String(each) }))}
          onChange={(each: number) => { setDrafts(null); address.set({ year: each === thisYear ? null : String(each) }); }}
        />
        {drafts === null ? (
          rows.some((row) => row.can_set) && <Button type="primary" onClick={() => { setDrafts({}); }}>{t('edit')}</Button>
        ) : (
          <>
            <Button onClick={() => { setDrafts(null); setSaid(''); }}>{t('cancel')}</Button>
            <Button type="primary" disabled={wishes === null} loading={setting.isPending} onClick={keep}>
              {t('keep')}
            </Button>
          </>
        )}
      </div>
      <p className="muted">{t(drafts === null ? 'about' : 'editing')}</p>
      {drafts !== null && wishes === null && <p role="alert" className={css.missed}>{t('noAmount')}</p>}
      {said && <p role="alert" className={css.missed}>{said}</p>}
      <Faces query={found} rows={8} isEmpty={(data) => data.rows.length === 0} empty={<Empty title={t('empty')} hint={t('emptyHint')} />}>
        {(data) => <TargetTable grid={data} drafts={drafts ?? {}} isEditing={drafts !== null} onDraft={(more) => { setDrafts((held) => ({ ...held, ...more })); }} />}
      </Faces>
    </div>
  );
}

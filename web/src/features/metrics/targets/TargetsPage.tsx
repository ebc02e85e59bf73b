import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { useMetrics, wholePart } from '@/features/metrics/figures';
import { Footing } from '@/features/metrics/Panel';
import ThingsSheet from '@/features/metrics/ThingsSheet';
import { UnitChooser } from '@/features/metrics/UnitChooser';
import { useAddress } from '@/features/records/address';
import { useConfirm } from '@/ui/confirm';
import { useName } from '@/ui/names';
import { Empty, Faces } from '@/ui/faces';
import { today } from '@/features/metrics/periods';
import css from './targets.module.css';
import TargetDeals from './TargetDeals';
import { sentOf, useSetTargets, useTargets, wishesOf, type Came, type Drafts, type Sent } from './targets';
import { TargetTable } from './TargetTable';

function Targets({ metric }: { metric: string }) {
  const { t } = useTranslation('targets');
  const address = useAddress();
  const thisYear = Number(today().slice(0, 4));
  const year = Number(address.get('year')) || thisYear;
  const unit = Number(address.get('unit')) || undefined;
  const name = useName();
  const metrics = (useMetrics().data?.items ?? []).filter((each) => each.can_target);
  const about = metrics.find((each) => each.key === metric);
  const found = useTargets(year, unit, metric);
  const setting = useSetTargets();
  const confirm = useConfirm();
  const [drafts, setDrafts] = useState<Drafts | null>(null);
  const [said, setSaid] = useState('');
  const [sent, setSent] = useState<Sent>({});
  const [came, setCame] = useState<Came | null>(null);
  const rows = found.data?.rows ?? [];
  const wishes = drafts && wishesOf(rows, drafts, metric);
  const drop = () => {
    setDrafts(null);
    setSaid('');
    setSent({});
  };
  const keep = () => {
    if (!wishes) return;
    if (wishes.length === 0) { setDrafts(null); return; }
    setting.mutate(wishes, {
      onSuccess: drop,
      onError: (error) => {
        const problem = problemOf(error);
        setSent(problem?.status === 412 ? sentOf(wishes) : {});
        setSaid(problem?.status === 412 ? t('conflict') : (problem?.message ?? t('failed')));
      },
    });
  };
  const cancel = () => {
    if (wishes?.length === 0) drop();
    else confirm({ title: t('dropTitle'), text: t('dropHint'), ok: t('drop'), danger: true, run: drop });
  };
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('title')}</h1>
        <UnitChooser value={unit ?? null} onChange={(id) => { setDrafts(null); address.set({ unit: id === null ? null : String(id) }); }} />
        <Select
          aria-label={t('of')}
          className={css.of}
          value={metric}
          options={[{ value: '', label: t('won') }, ...metrics.map((each) => ({ value: each.key, label: name(each.name) }))]}
          onChange={(key: string) => { setDrafts(null); address.set({ metric: key || null }); }}
        />
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
            <Button onClick={cancel}>{t('cancel')}</Button>
            <Button type="primary" disabled={wishes === null} loading={setting.isPending} onClick={keep}>
              {t('keep')}
            </Button>
          </>
        )}
      </div>
      <p className="muted">{drafts !== null ? t('editing') : about ? t('aboutCounts', { what: name(about.numerator) }) : t('about')}</p>
      {drafts !== null && wishes === null && <p role="alert" className={css.missed}>{t('noAmount')}</p>}
      {said && <p role="alert" className={css.missed}>{said}</p>}
      <Faces query={found} rows={8} isEmpty={(data) => data.rows.length === 0} empty={<Empty title={t('empty')} hint={t('emptyHint')} />}>
        {(data) => <TargetTable grid={data} onOpen={setCame} drafts={drafts ?? {}} isEditing={drafts !== null} sent={sent} onDraft={(more) => { setDrafts((held) => ({ ...held, ...more })); }} />}
      </Faces>
      {found.data && <Footing figures={found.data} withSpan={false} />}
      {came && !metric && <TargetDeals came={came} onClose={() => { setCame(null); }} />}
      {came && about && (
        <ThingsSheet
          metric={about}
          behind={{ metric, title: came.title, part: wholePart(about), where: { since: came.since, until: came.until, unit: came.unit, person: came.person } }}
          onClose={() => { setCame(null); }}
        />
      )}
    </div>
  );
}

/** Targets of units and people month by month, beside what came: what was won, or what a metric counts. */
export default function TargetsPage() {
  const metric = useAddress().get('metric');
  // Another metric begins anew: what was typed is not carried over to it.
  return <Targets key={metric} metric={metric} />;
}

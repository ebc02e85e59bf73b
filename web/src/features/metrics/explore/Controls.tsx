import { DatePicker, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { Metric, MetricDimension } from '@/api/types';
import { leadsOthers, useMe } from '@/features/identity/session';
import { unitsInReach } from '@/features/metrics/figures';
import { useUnits } from '@/features/org/admin';
import { PersonPicker } from '@/features/org/PersonPicker';
import { useClearing } from '@/ui/clearing';
import { useName } from '@/ui/names';
import { spanOf } from '@/features/metrics/periods';
import { UnitChooser } from '@/features/metrics/UnitChooser';
import css from './explore.module.css';
import { viewPresets, type Compare, type View } from './view';

type Props = { view: View; metric: Metric; metrics: Metric[]; today: string; onChange: (change: Partial<View>) => void };

const fixed = 'days';

/** What is looked at: the metric, broken down by what, over which days, beside which, of whom. */
export function Controls({ view, metric, metrics, today, onChange }: Props) {
  const { t } = useTranslation('explore');
  const name = useName();
  const clearing = useClearing();
  const me = useMe();
  const hasUnits = unitsInReach(me, useUnits().data ?? []).length > 1;
  const hasPeople = metric.dimensions.includes('person') && (leadsOthers(me) || view.person !== null);
  const { period } = view;
  const span = typeof period === 'string' ? spanOf(period, today) : period;
  const groups = [...new Set(metrics.map((each) => name(each.source)))].map((source) => ({
    label: source,
    options: metrics.filter((each) => name(each.source) === source).map((each) => ({ value: each.key, label: name(each.name) })),
  }));
  const dimension = (taken: MetricDimension | null) => metric.dimensions.filter((each) => each !== taken).map((each) => ({ value: each, label: t(`by.${each}`, { ns: 'metrics' }) }));
  return (
    <div className={css.controls}>
      <label data-wide="true">
        {t('metric')}
        <Select aria-label={t('metric')} value={metric.key} options={groups} showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={260} onChange={(key: string) => { onChange({ metric: key, kind: null }); }} />
      </label>
      <label>
        {t('by')}
        <Select aria-label={t('by')} value={view.by ?? undefined} placeholder={t('whole')} allowClear={clearing} options={dimension(view.andBy)} onChange={(by: MetricDimension | undefined) => { onChange(by ? { by } : { by: null, andBy: null }); }} />
      </label>
      <label>
        {t('andBy')}
        <Select aria-label={t('andBy')} value={view.andBy ?? undefined} placeholder={t('none')} disabled={view.by === null} allowClear={clearing} options={dimension(view.by)} onChange={(andBy: MetricDimension | undefined) => { onChange({ andBy: andBy ?? null }); }} />
      </label>
      {!metric.is_now && (
        <>
          <label>
            {t('period', { ns: 'metrics' })}
            <Select
              aria-label={t('period', { ns: 'metrics' })}
              value={typeof period === 'string' ? period : fixed}
              options={[...viewPresets.map((each) => ({ value: each as string, label: t(`preset.${each}`, { ns: 'metrics' }) })), { value: fixed, label: t('fixed') }]}
              onChange={(each: string) => { onChange({ period: viewPresets.find((preset) => preset === each) ?? span }); }}
            />
          </label>
          <label data-wide="true">
            {t('days')}
            <DatePicker.RangePicker
              aria-label={t('days')}
              allowClear={false}
              value={[dayjs(span.since), dayjs(span.until)]}
              maxDate={dayjs(today)}
              onChange={(range) => {
                const since = range?.[0]?.format('YYYY-MM-DD');
                const until = range?.[1]?.format('YYYY-MM-DD');
                if (since && until) onChange({ period: { since, until } });
              }}
            />
          </label>
          <label>
            {t('compare')}
            <Select aria-label={t('compare')} value={view.compare ?? undefined} placeholder={t('none')} allowClear={clearing} options={(['previous', 'year'] as const).map((each) => ({ value: each, label: t(`compares.${each}`) }))} onChange={(compare: Compare | undefined) => { onChange({ compare: compare ?? null }); }} />
          </label>
        </>
      )}
      {hasUnits && (
        <label className={css.unit}>
          {t('unit', { ns: 'metrics' })}
          <UnitChooser value={view.unit} onChange={(unit) => { onChange({ unit }); }} />
        </label>
      )}
      {metric.kinds.length > 0 && (
        <label>
          {t('by.kind', { ns: 'metrics' })}
          <Select aria-label={t('by.kind', { ns: 'metrics' })} value={view.kind ?? undefined} placeholder={t('every')} allowClear={clearing} showSearch={{ optionFilterProp: 'label' }} options={metric.kinds.map((each) => ({ value: each.key, label: name(each.name) }))} onChange={(kind: string | undefined) => { onChange({ kind: kind ?? null }); }} />
        </label>
      )}
      {hasPeople && (
        <label>
          {t('by.person', { ns: 'metrics' })}
          <PersonPicker label={t('by.person', { ns: 'metrics' })} placeholder={t('every')} value={view.person} onChange={(person) => { onChange({ person }); }} />
        </label>
      )}
    </div>
  );
}

import { FolderOpenOutlined, InfoCircleOutlined, SlidersOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Metric } from '@/api/types';
import { useAddress } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { useIsPhone } from '@/ui/media';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { narrowed, useFigures, useMetrics, wholePart, type Behind } from '@/features/metrics/figures';
import shared from '@/features/metrics/metrics.module.css';
import { Footing } from '@/features/metrics/Panel';
import { spanOf, today as now } from '@/features/metrics/periods';
import { ChartTabs } from './ChartTabs';
import { Controls } from './Controls';
import css from './explore.module.css';
import { useSavedViews } from './saved';
import { SavedViews } from './SavedViews';
import { Shown } from './Shown';
import { Total } from './Total';
import { fits, readView, usual, viewOf, written, type View } from './view';
import { ViewActions } from './ViewActions';

const ThingsSheet = lazy(() => import('../ThingsSheet'));
const DefinitionSheet = lazy(() => import('../DefinitionSheet'));

function Explorer({ view, metrics, counting }: { view: View; metrics: Metric[]; counting: boolean }) {
  const { t } = useTranslation('explore');
  const name = useName();
  const phone = useIsPhone();
  const address = useAddress();
  const saved = useSavedViews();
  const [today] = useState(() => now());
  const [behind, setBehind] = useState<Behind | null>(null);
  const [sheet, setSheet] = useState<'controls' | 'views' | 'definition' | null>(null);
  const metric = metrics.find((each) => each.key === view.metric) ?? metrics[0];
  const id = Number(address.get('view')) || null;
  const opened = saved.data?.items.find((each) => each.id === id) ?? null;
  const isChanged = opened !== null && JSON.stringify(written(viewOf(opened.document))) !== JSON.stringify(written(view));
  const span = typeof view.period === 'string' ? spanOf(view.period, today) : view.period;
  const whose = { unit: view.unit ?? undefined, person: view.person ?? undefined, kind: view.kind ?? undefined };
  const figures = useFigures(view.metric, { ...span, ...whose, by: view.by ?? undefined, and_by: view.andBy ?? undefined, compare: view.compare ?? undefined });
  if (!metric) return null;
  const change = (given: Partial<View>) => {
    const next = { ...view, ...given };
    const known = metrics.find((each) => each.key === next.metric)?.dimensions ?? [];
    if (next.by && !known.includes(next.by)) next.by = null;
    if (next.by === null || (next.andBy && !known.includes(next.andBy))) next.andBy = null;
    if (metrics.find((each) => each.key === next.metric)?.is_now) next.compare = null;
    const rebroken = 'by' in given || 'andBy' in given;
    if (!('chart' in given) && (rebroken || !fits(next.chart, next))) next.chart = fits(view.chart, next) && view.chart !== 'table' ? view.chart : usual(next);
    address.set(written(next));
  };
  const where = { ...span, ...whose };
  const words = name(metric.name);
  const show = (part: Behind['part'], title: string, narrow: Behind['where'] = where) => { setBehind({ metric: metric.key, title, part, where: narrow }); };
  const controls = <Controls view={view} metric={metric} metrics={metrics} today={today} onChange={change} />;
  return (
    <div className={`page ${css.page ?? ''}`}>
      <div className={shared.head}>
        <h1>
          {opened?.name ?? t('title')} {isChanged && <small className="muted">{t('changed')}</small>}
        </h1>
        {phone && <Button icon={<SlidersOutlined aria-hidden />} onClick={() => { setSheet('controls'); }}>{t('choose')}</Button>}
        <Button className={css.views} icon={<FolderOpenOutlined aria-hidden />} onClick={() => { setSheet('views'); }}>{t('views')}</Button>
        <ViewActions view={view} saved={opened} name={words} onSaved={(kept) => { address.set({ ...written(view), view: String(kept) }); }} />
      </div>
      {id !== null && saved.data && !opened && <p className={shared.counting} role="status">{t('gone')}</p>}
      {!phone && controls}
      <div className={css.body}>
        <section className={css.panel} aria-label={words}>
          <header className={shared.title}>
            <h2>{words}</h2>
            <button type="button" className={`plain ${shared.define ?? ''}`} aria-label={t('defineOf', { ns: 'metrics', name: words })} onClick={() => { setSheet('definition'); }}>
              <InfoCircleOutlined aria-hidden /> {t('define', { ns: 'metrics' })}
            </button>
          </header>
          {counting && <p className={shared.counting} role="status">{t('countingLong', { ns: 'metrics' })}</p>}
          <Faces query={figures} rows={8}>
            {(data) => (
              <>
                <Total view={view} metric={metric} figures={data} onOpen={(part, title) => { show(part, title); }} />
                <ChartTabs key={view.chart} view={view} metric={metric} onChange={change} />
                <div className={css.shown} aria-busy={figures.isPlaceholderData}>
                  {figures.isPlaceholderData ? null : (
                    <Shown
                      key={`${view.metric}-${view.by ?? ''}-${view.andBy ?? ''}-${view.chart}`}
                      view={view}
                      metric={metric}
                      figures={data}
                      span={span}
                      onOpen={(row, title) => { show(wholePart(metric), `${words} · ${title}`, narrowed(narrowed(where, view.by, row.key), view.andBy, row.and_key)); }}
                    />
                  )}
                </div>
                <Footing figures={data} />
              </>
            )}
          </Faces>
        </section>
        <aside className={css.side} aria-label={t('views')}>
          <h2>{t('views')}</h2>
          <SavedViews current={id} />
        </aside>
      </div>
      {sheet === 'controls' && <Sheet title={t('choose')} onClose={() => { setSheet(null); }} footer={<Button type="primary" block onClick={() => { setSheet(null); }}>{t('show')}</Button>}>{controls}</Sheet>}
      {sheet === 'views' && <Sheet title={t('views')} onClose={() => { setSheet(null); }}><SavedViews current={id} onLeave={() => { setSheet(null); }} /></Sheet>}
      <Suspense fallback={null}>
        {behind && <ThingsSheet metric={metric} behind={behind} onClose={() => { setBehind(null); }} />}
        {sheet === 'definition' && <DefinitionSheet metric={metric} onClose={() => { setSheet(null); }} />}
      </Suspense>
    </div>
  );
}

/** One figure looked at from all sides: what the address says is what is shown, so it can be kept and handed on. */
export default function ExplorePage() {
  const { t } = useTranslation('explore');
  const metrics = useMetrics();
  const address = useAddress();
  return (
    <Faces query={metrics} rows={8} isEmpty={(data) => data.items.length === 0} empty={<Empty title={t('noMetrics')} />}>
      {(data) => {
        const view = readView(address.params, data.items);
        return view && <Explorer view={view} metrics={data.items} counting={data.as_of === null} />;
      }}
    </Faces>
  );
}

import { ArrowRightOutlined } from '@ant-design/icons';
import { Segmented } from 'antd';
import { Fragment, lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAddress } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { ClosedDeals } from '@/features/metrics/attribution/ClosedDeals';
import { useFigures, useMetrics, type Behind } from '@/features/metrics/figures';
import boards from '@/features/metrics/metrics.module.css';
import { Footing } from '@/features/metrics/Panel';
import { today } from '@/features/metrics/periods';
import { UnitChooser } from '@/features/metrics/UnitChooser';
import { LayerColumn } from './LayerColumn';
import css from './layers.module.css';
import { spanOfDays, spans, usual, useLayerDeals, useLayers, type Asked, type DealsBehind, type Layers } from './layers';
import { Traits } from './Traits';

const ThingsSheet = lazy(() => import('../ThingsSheet'));
const DefinitionSheet = lazy(() => import('../DefinitionSheet'));

type Opened = { title: string; behind: DealsBehind };

function Deals({ asked, opened, onClose }: { asked: Asked; opened: Opened; onClose: () => void }) {
  return <ClosedDeals title={opened.title} list={useLayerDeals(asked, opened.behind)} onClose={onClose} />;
}

/** Until when the figures above are complete, as their first one says. */
function Foot({ metric, asked }: { metric: string; asked: Asked }) {
  const figures = useFigures(metric, { ...asked, compare: 'previous' });
  return figures.data ? <Footing figures={figures.data} /> : null;
}

/** The layers side by side, and below them what goes together with winning. */
function Shown({ told, asked }: { told: Layers; asked: Asked }) {
  const { t } = useTranslation('layers');
  const metrics = useMetrics();
  const [behind, setBehind] = useState<Behind | null>(null);
  const [defined, setDefined] = useState('');
  const [deals, setDeals] = useState<Opened | null>(null);
  const metricOf = (key: string | undefined) => metrics.data?.items.find((each) => each.key === key);
  const opened = metricOf(behind?.metric);
  const defining = metricOf(defined);
  const first = told.layers[0]?.indicators[0]?.metric;
  return (
    <>
      <Faces query={metrics} rows={8}>
        {({ items, as_of }) => (
          <>
            {as_of === null && <p className={boards.counting} role="status">{t('countingLong', { ns: 'metrics' })}</p>}
            <div className={css.layers}>
              {told.layers.map((layer, place) => (
                <Fragment key={layer.key}>
                  {place > 0 && <span className={css.arrow} aria-hidden="true"><ArrowRightOutlined /></span>}
                  <LayerColumn layer={layer} number={place + 1} metrics={items} asked={asked} workdays={told.workdays} onOpen={setBehind} onDefine={setDefined} />
                </Fragment>
              ))}
            </div>
          </>
        )}
      </Faces>
      <Traits told={told} onOpen={(title, wanted) => { setDeals({ title, behind: wanted }); }} />
      {first && <Foot metric={first} asked={asked} />}
      <Suspense fallback={null}>
        {behind && opened && <ThingsSheet metric={opened} behind={behind} onClose={() => { setBehind(null); }} />}
        {defining && <DefinitionSheet metric={defining} onClose={() => { setDefined(''); }} />}
      </Suspense>
      {deals && <Deals asked={asked} opened={deals} onClose={() => { setDeals(null); }} />}
    </>
  );
}

/** What sellers do, how deals move, what comes of it: where to step in, and what goes together. */
export default function LayersPage() {
  const { t } = useTranslation('layers');
  const address = useAddress();
  const [day] = useState(() => today());
  const span = spanOfDays(address.get('days'), day);
  const unit = Number(address.get('unit')) || null;
  const asked: Asked = { ...span, ...(unit === null ? {} : { unit }) };
  const found = useLayers(asked);
  const days = spans.find((each) => String(each) === address.get('days')) ?? usual;
  return (
    <div className={boards.page}>
      <div className={boards.head}>
        <div>
          <h1>{t('title')}</h1>
          <p className="muted">{t('about')}</p>
        </div>
        <Link to="/win-touches">{t('touches')}</Link>
        <UnitChooser value={unit} onChange={(id) => { address.set({ unit: id === null ? null : String(id) }); }} />
        <Segmented
          aria-label={t('period')}
          value={days}
          options={spans.map((each) => ({ value: each, label: t('days', { count: each }) }))}
          onChange={(each) => { address.set({ days: each === usual ? null : String(each) }); }}
        />
      </div>
      <Faces query={found} rows={10} isEmpty={(data) => data.layers.length === 0} empty={<Empty title={t('empty')} hint={t('emptyHint')} />}>
        {(data) => <Shown told={data} asked={asked} />}
      </Faces>
    </div>
  );
}

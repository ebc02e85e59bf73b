import { Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BoardList, Metric } from '@/api/types';
import { useBoards, useMetrics, type Behind } from '@/features/metrics/figures';
import { UnitChooser } from '@/features/metrics/UnitChooser';
import css from '@/features/metrics/metrics.module.css';
import { spanOf, type Preset } from '@/features/metrics/periods';
import { useMe } from '@/features/identity/session';
import { usePerson } from '@/features/org/people';
import { useAddress } from '@/features/records/address';
import { Faces } from '@/ui/faces';
import { OnePerson } from './OnePerson';
import { PeopleTable } from './PeopleTable';

const ThingsSheet = lazy(() => import('@/features/metrics/ThingsSheet'));
const presets: Preset[] = ['month', 'last_month', 'days90'];

function Shown({ boards, metrics }: { boards: BoardList; metrics: Metric[] }) {
  const { t } = useTranslation('metrics');
  const me = useMe();
  const address = useAddress();
  const [behind, setBehind] = useState<Behind | null>(null);
  const period = presets.find((each) => each === address.get('period')) ?? 'month';
  const unit = Number(address.get('unit')) || null;
  const person = Number(address.get('person')) || null;
  const who = usePerson(person).data;
  const span = spanOf(period, boards.today, boards.last_workday);
  const keys = new Set(boards.items.flatMap((board) => board.panels.filter((panel) => panel.chart === 'card').map((panel) => panel.metric)));
  const shown = metrics.filter((metric) => keys.has(metric.key) && metric.dimensions.includes('person'));
  const opened = shown.find((metric) => metric.key === behind?.metric);
  return (
    <div className={css.page}>
      <div className={css.head}>
        <div>
          <h1>{t(person === null ? 'people.title' : person === me.id ? 'people.mine' : 'people.of', { name: who?.name ?? '' })}</h1>
          <p className="muted">{t(person === null ? 'people.about' : 'people.aboutOne')}</p>
        </div>
        {person === null ? <UnitChooser value={unit} onChange={(id) => { address.set({ unit: id === null ? null : String(id) }); }} /> : <Link to="/boards/people">{t('people.all')}</Link>}
        <Segmented aria-label={t('period')} value={period} options={presets.map((each) => ({ value: each, label: t(`preset.${each}`) }))} onChange={(each) => { address.set({ period: each === 'month' ? null : each }); }} />
      </div>
      {person === null ? <PeopleTable key={unit} programs={boards.programs} metrics={shown} where={{ ...span, ...(unit === null ? {} : { unit }) }} onOpen={setBehind} /> : <OnePerson metrics={shown} person={person} span={span} today={boards.today} onOpen={setBehind} />}
      <Suspense fallback={null}>{behind && opened && <ThingsSheet metric={opened} behind={behind} onClose={() => { setBehind(null); }} />}</Suspense>
    </div>
  );
}

/** People by metrics; one of them alone with the team beside and the last weeks. */
export default function PeoplePage() {
  const boards = useBoards();
  const metrics = useMetrics();
  return (
    <Faces query={boards} rows={8}>
      {(data) => (
        <Faces query={metrics} rows={8}>
          {(known) => <Shown boards={data} metrics={known.items} />}
        </Faces>
      )}
    </Faces>
  );
}

import { Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import type { Board, BoardList, Metric } from '@/api/types';
import { leadsOthers, useMe } from '@/features/identity/session';
import { useAddress } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { Tabs } from '@/ui/Tabs';
import { BoardPanel } from './BoardPanel';
import { BoardExport } from './mails/BoardExport';
import { useBoards, useMetrics, type Behind } from './figures';
import css from './metrics.module.css';
import { LivePanel } from './panels/LivePanel';
import { plus, spanOf, type Preset } from './periods';
import { widthsOf } from './rows';
import { weekday } from './told';
import { UnitChooser } from './UnitChooser';

const ThingsSheet = lazy(() => import('./ThingsSheet'));
const DefinitionSheet = lazy(() => import('./DefinitionSheet'));

const isDrawnOfFigures = (chart: Board['panels'][number]['chart']) => chart === 'card' || chart === 'bars' || chart === 'matrix';

type Props = { board: Board; boards: BoardList; metrics: Metric[]; counting: boolean };

function Shown({ board, boards: { items: boards, today, last_workday: workday }, metrics, counting }: Props) {
  const { t } = useTranslation('metrics');
  const name = useName();
  const go = useNavigate();
  const address = useAddress();
  const me = useMe();
  const [behind, setBehind] = useState<Behind | null>(null);
  const [defined, setDefined] = useState('');
  const period = board.periods.find((each) => each === address.get('period')) ?? board.periods[0] ?? 'yesterday';
  const unit = Number(address.get('unit')) || null;
  const span = spanOf(period, today, workday);
  const metricOf = (key: string | null | undefined) => metrics.find((each) => each.key === key);
  const labelOf = (each: Preset) => (each === 'yesterday' && workday !== plus(today, -1) ? t('lastWorkday', { day: weekday(workday) }) : t(`preset.${each}`));
  const widths = widthsOf(board.panels.map((panel) => panel.chart));
  const opened = metricOf(behind?.metric);
  const told = metricOf(defined);
  return (
    <div className={css.page}>
      <div className={css.head}>
        <div>
          <h1>{name(board.name)}</h1>
          <p className="muted">{name(board.about)}</p>
        </div>
        {board.panels.some((panel) => panel.chart !== 'ranking') && <UnitChooser value={unit} onChange={(id) => { address.set({ unit: id === null ? null : String(id) }); }} />}
        {board.periods.length > 1 && <Segmented
          aria-label={t('period')}
          value={period}
          options={board.periods.map((each) => ({ value: each, label: labelOf(each) }))}
          onChange={(each) => { address.set({ period: each === board.periods[0] ? null : each }); }}
        />}
        <BoardExport board={board} period={period} unit={unit} />
      </div>
      <div className={css.ways}>
        {boards.length > 1 && <Tabs label={t('boards')} value={board.key} onChange={(key) => { void go(`/boards/${key}${unit === null ? '' : `?unit=${String(unit)}`}`); }} tabs={boards.map((each) => ({ key: each.key, label: name(each.name) }))} />}
        <Link to={leadsOthers(me) ? '/boards/people' : `/boards/people?person=${String(me.id)}`}>{t(leadsOthers(me) ? 'people.title' : 'people.mine')}</Link>
        <Link to="/screen">{t('screen')}</Link>
        {board.page && <Link to={board.page.path}>{name(board.page.name)}</Link>}
      </div>
      {counting && (
        <p className={css.counting} role="status">
          {t('countingLong')}
        </p>
      )}
      <div className={css.panels}>
        {board.panels.map((panel, place) => {
          const metric = metricOf(panel.metric);
          const key = `${board.key}-${String(place)}`;
          const width = widths[place] ?? 'third';
          if (!isDrawnOfFigures(panel.chart)) return <LivePanel key={key} at={{ board: board.key, place, unit }} panel={panel} metric={metric} span={span} width={width} onOpen={setBehind} onDefine={setDefined} />;
          return metric && <BoardPanel key={key} panel={panel} metric={metric} span={span} unit={unit} width={width} onOpen={setBehind} onDefine={() => { setDefined(metric.key); }} />;
        })}
      </div>
      <Suspense fallback={null}>
        {behind && opened && <ThingsSheet metric={opened} behind={behind} onClose={() => { setBehind(null); }} />}
        {told && <DefinitionSheet metric={told} onClose={() => { setDefined(''); }} />}
      </Suspense>
    </div>
  );
}

/** A board as the server lays it out: its figures over a period, each opening what is behind it. */
export default function BoardPage() {
  const { t } = useTranslation('metrics');
  const { key } = useParams();
  const boards = useBoards();
  const metrics = useMetrics();
  return (
    <Faces query={boards} rows={8} isEmpty={(data) => data.items.length === 0} empty={<Empty title={t('noBoards')} />}>
      {(data) => {
        const board = data.items.find((each) => each.key === key);
        if (!board) return <Navigate to={`/boards/${data.items[0]?.key ?? ''}`} replace />;
        return (
          <Faces query={metrics} rows={8}>
            {(known) => <Shown board={board} boards={data} metrics={known.items} counting={known.as_of === null} />}
          </Faces>
        );
      }}
    </Faces>
  );
}

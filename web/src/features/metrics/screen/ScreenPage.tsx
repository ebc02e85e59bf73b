import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BoardList, Metric } from '@/api/types';
import { unitsInReach, useBoards, useMetrics } from '@/features/metrics/figures';
import { spanOf } from '@/features/metrics/periods';
import { useMe } from '@/features/identity/session';
import { useLive } from '@/features/notices/live';
import { useUnits } from '@/features/org/admin';
import { dateTime } from '@/ui/format';
import { useNow } from '@/ui/now';
import { BattleTable } from './BattleTable';
import { Happenings } from './Happenings';
import { HardFigure } from './HardFigure';
import { Pool } from './Pool';
import css from './screen.module.css';
import { placesOf, useFreshness, useRefreshing } from './screen';
import { Ticker } from './Ticker';

const longest_ms = 120_000;

/** Since when what is shown is old; nothing while it is fresh. */
function Freshness() {
  const { t } = useTranslation('screen');
  const now = useNow(() => 10_000);
  const heard = useLive() === false;
  const { at, failed } = useFreshness();
  const isOld = at === null ? failed : failed || now - at > longest_ms;
  const moment = at === null ? '' : dateTime(new Date(at).toISOString());
  return (
    <p className={css.fresh} data-old={isOld || undefined} role="status">
      <span aria-hidden="true">●</span> {isOld ? (at === null ? t('unreachable') : t('old', { at: moment })) : t(heard ? 'live' : 'polled')}
    </p>
  );
}

function Now() {
  const now = useNow(() => 30_000);
  return <time className="num">{dateTime(new Date(now).toISOString())}</time>;
}

function Figures({ boards, metrics }: { boards: BoardList; metrics: Metric[] }) {
  const board = boards.items[0];
  const period = board?.periods[0] ?? 'yesterday';
  const span = spanOf(period, boards.today, boards.last_workday);
  const cards = board?.panels.filter((panel) => panel.chart === 'card').slice(0, 3) ?? [];
  return (
    <div className={css.figures}>
      {cards.map((card) => {
        const metric = metrics.find((each) => each.key === card.metric);
        return metric && <HardFigure key={metric.key} metric={metric} span={span} />;
      })}
    </div>
  );
}

/** Whose screen it is: the country's for who sees the whole company, else that of one's own unit. */
function useTitle(): string {
  const { t } = useTranslation('screen');
  const me = useMe();
  const units = useUnits().data;
  const top = units?.find((unit) => unit.parent_id === null);
  const isWhole = !me.unit || !units || units.length === 0 || (top && unitsInReach(me, units).some((unit) => unit.id === top.id));
  return isWhole ? t('title') : t('titleOf', { unit: me.unit?.name ?? '' });
}

/** The company on the wall: figures, the battle map, what is watched over, who does best, what happens. */
export default function ScreenPage() {
  const { t } = useTranslation('screen');
  const boards = useBoards();
  const metrics = useMetrics();
  const title = useTitle();
  useRefreshing();
  useEffect(() => {
    document.title = title;
  }, [title]);
  const full = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void document.documentElement.requestFullscreen().catch(() => undefined);
  };
  return (
    <main className={css.screen}>
      <header className={css.head}>
        <h1>{title}</h1>
        <Freshness />
        <Now />
        <button type="button" onClick={full}>
          {t('full')}
        </button>
        <Link to="/boards">{t('leave')}</Link>
      </header>
      {boards.data && metrics.data ? <Figures boards={boards.data} metrics={metrics.data.items} /> : <p className={css.wait}>{t(boards.error ?? metrics.error ? 'unreachable' : 'waiting')}</p>}
      <BattleTable />
      <Pool />
      <Ticker places={placesOf(boards.data)} />
      <Happenings />
    </main>
  );
}

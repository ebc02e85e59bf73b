import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Metric, MetricThing } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { date, dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { Tabs } from '@/ui/Tabs';
import { useThings, type Behind, type Part } from './figures';
import css from './metrics.module.css';
import { counted, isJudged } from './told';

function ThingLine({ thing, metric }: { thing: MetricThing; metric: Metric }) {
  const { t } = useTranslation('metrics');
  const name = useName();
  const { record } = thing;
  const isGood = isJudged(metric) ? thing.is_met : null;
  return (
    <li>
      <span>{record ? <Link to={recordPath(record.type, record.id)}>{record.title}</Link> : <span className="muted">{t('noRecord')}</span>}</span>
      {thing.value !== null && (
        <strong className="num">
          {counted(thing.value)} {metric.unit && name(metric.unit)}
        </strong>
      )}
      {isGood !== null && (
        <span className={css.verdict} data-level={isGood ? 'good' : 'bad'}>
          <span aria-hidden="true">{isGood ? '✓' : '✕'}</span> {t(isGood ? 'met' : 'missed')}
        </span>
      )}
      <small>{[dateTime(thing.at), name(thing.measure), thing.kind && name(thing.kind), thing.person?.name, thing.unit].filter(Boolean).join(' · ')}</small>
    </li>
  );
}

/** The very things that a figure counts, each with the way to its record. */
export default function ThingsSheet({ metric, behind, onClose }: { metric: Metric; behind: Behind; onClose: () => void }) {
  const { t } = useTranslation('metrics');
  const [part, setPart] = useState<Part>(behind.part);
  const found = useThings({ ...behind, part });
  const { since, until } = behind.where;
  const parts: Part[] = isJudged(metric) ? ['all', 'hit', 'missed'] : metric.format === 'share' ? ['all', 'hit'] : [];
  return (
    <Sheet size={640} title={behind.title} onClose={onClose}>
      <div className={css.sheet}>
        <p className="muted">{metric.is_now ? t('nowOnly') : since === until ? date(since) : t('span', { since: date(since), until: date(until) })}</p>
        {parts.length > 0 && <Tabs label={t('parts')} value={part} onChange={(key) => { setPart(key as Part); }} tabs={parts.map((key) => ({ key, label: t(`part.${metric.format}.${key}`) }))} />}
        <Faces query={found} rows={8} isEmpty={(data) => data.pages.every((page) => page.items.length === 0)} empty={<Empty title={t('noThings')} />}>
          {(data) => (
            <ul className={css.things}>
              {data.pages
                .flatMap((page) => page.items)
                .map((thing) => (
                  <ThingLine key={`${String(thing.id)}-${thing.at}-${String(thing.record?.id)}`} thing={thing} metric={metric} />
                ))}
            </ul>
          )}
        </Faces>
        {found.hasNextPage && (
          <button type="button" className={css.button} disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('loadMore', { ns: 'ui' })}
          </button>
        )}
      </div>
    </Sheet>
  );
}

import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RoutingSet, RoutingTried } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { DataTable } from '@/ui/DataTable';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import css from './Routing.module.css';
import type { Definition } from './definition';
import { useTryRouting } from './routing';

const MOST_SHOWN = 200;

function useWhere() {
  const { t } = useTranslation('routing');
  const name = useName();
  return (where: RoutingTried['before']) =>
    where === null ? '–' : [name(where.branch.name), where.group?.name, where.person?.name ?? t('pool')].filter(Boolean).join(' → ');
}

/** The draft on the last real records: where each would go and why, and what differs from now. */
export default function TestBench({ set, definition, onClose }: { set: RoutingSet; definition: Definition; onClose: () => void }) {
  const { t } = useTranslation('routing');
  const name = useName();
  const [last, setLast] = useState(10);
  const [standing, setStanding] = useState<'free' | 'now'>('free');
  const [differing, setDiffering] = useState(false);
  const tried = useTryRouting(set.key, definition, last, standing);
  const whereOf = useWhere();
  return (
    <Sheet title={t('tryOut')} size={980} onClose={onClose}>
      <div className={css.bench}>
        <Segmented<number> aria-label={t('last')} value={last} onChange={setLast} options={[10, 100, 1000].map((count) => ({ value: count, label: t('lastCount', { count }) }))} />
        <Segmented<'free' | 'now'> aria-label={t('standing')} value={standing} onChange={setStanding} options={(['free', 'now'] as const).map((key) => ({ value: key, label: t(`standings.${key}`) }))} />
      </div>
      <Faces query={tried} rows={8}>
        {(data) => {
          const rows = data.items.filter((item) => !differing || item.is_changed);
          return (
            <>
              <p className={css.total} role="status">
                {t('tried', { count: data.tried, changed: data.changed, pooled: data.pooled })}
              </p>
              <ul className={css.counts} aria-label={t('byBranch')}>
                {data.branches.map((branch) => (
                  <li key={branch.key}>
                    {name(branch.name) || branch.key} <strong className="num">{branch.count}</strong>
                  </li>
                ))}
              </ul>
              {data.changed > 0 && (
                <label className="row">
                  <input type="checkbox" checked={differing} onChange={(event) => { setDiffering(event.target.checked); }} /> {t('onlyChanged')}
                </label>
              )}
              {rows.length > MOST_SHOWN && <p className="muted">{t('firstShown', { count: MOST_SHOWN })}</p>}
              <DataTable
                label={t('tryOut')}
                rows={rows.slice(0, MOST_SHOWN).map((item) => ({ ...item, id: item.record.id }))}
                rowName={(row) => row.record.title}
                columns={[
                  { key: 'record', title: t('record'), width: 120, fixed: true, draw: (row) => <Link to={recordPath(row.record.type, row.record.id)}>{row.record.title}</Link> },
                  { key: 'now', title: t('goes'), width: 280, draw: (row) => <span data-changed={row.is_changed || undefined} className={css.where}>{whereOf(row.now)}</span> },
                  { key: 'before', title: t('went'), width: 240, draw: (row) => (row.is_changed ? whereOf(row.before) : <span className="muted">{t('same')}</span>) },
                  { key: 'why', title: t('why'), width: 420, draw: (row) => <span title={row.now.why}>{row.now.why}</span> },
                ]}
              />
            </>
          );
        }}
      </Faces>
    </Sheet>
  );
}

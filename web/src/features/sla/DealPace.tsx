import { SlidersOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllowed } from '@/features/identity/session';
import { useAddress } from '@/features/records/address';
import { Faces } from '@/ui/faces';
import { CycleDeals, UpdateDeals } from './DealPaceDeals';
import own from './DealPace.module.css';
import { percent, useDealCycle, useStageUpdates, type UpdateFigure } from './dealPace';
import css from './Punctuality.module.css';
import norms from './DealNorm.module.css';

const DealNormSheet = lazy(() => import('./DealNormSheet'));

type Norm = { key: string; normal: number | null; abnormal: number | null; source: 'pack' | 'own'; number: number };
type Judged = 'normal' | 'low' | 'abnormal' | null;

/** How a figure stands: in words, and by colour beside them. */
function Verdict({ verdict }: { verdict: Judged }) {
  const { t } = useTranslation('supervision');
  return verdict && (
    <span className={own.verdict} data-verdict={verdict}>
      {t(`pace.verdict.${verdict}`)}
    </span>
  );
}

/** A count that opens its deals. */
function Figure({ value, label, onOpen }: { value: number; label: string; onOpen: () => void }) {
  return (
    <button type="button" className={css.figure} disabled={value === 0} aria-label={`${label} ${value}`} onClick={onOpen}>
      {value}
    </button>
  );
}

function useThresholds() {
  const { t } = useTranslation('supervision');
  return (norm: Norm, unit: 'share' | 'days') => {
    if (norm.normal === null || norm.abnormal === null) return '';
    const [normal, abnormal] = unit === 'share' ? [percent(norm.normal), percent(norm.abnormal)] : [norm.normal, norm.abnormal];
    return `${t(`pace.limits.${unit}`, { normal, abnormal })} ${t(`pace.source.${norm.source}`, { number: norm.number })}`;
  };
}

/** The heading of a panel, with the way to what is normal. */
function Head({ id, title, norm }: { id: string; title: string; norm: Norm | undefined }) {
  const { t } = useTranslation('supervision');
  const address = useAddress();
  const label = t(useAllowed('sla.manage') ? 'norm.change' : 'norm.open');
  return (
    <div className={norms.head}>
      <h2 id={id}>{title}</h2>
      {norm?.key && (
        <Button size="small" type="text" icon={<SlidersOutlined aria-hidden />} aria-label={`${title} ${label}`} onClick={() => { address.set({ norm: norm.key }); }}>
          {label}
        </Button>
      )}
    </div>
  );
}

/** A unit's name; pressed, it narrows the page to the unit. */
function UnitName({ id, name }: { id: number | null; name: string }) {
  const { t } = useTranslation('supervision');
  const address = useAddress();
  if (id === null || address.get('unit') === String(id)) return name;
  return (
    <button type="button" className={css.figure} title={t('pace.only', { name })} onClick={() => { address.set({ unit: String(id) }); }}>
      {name}
    </button>
  );
}

/** Of open deals, whose stage is updated in time: all, by unit, by person. */
function StageUpdates({ under }: { under: number | undefined }) {
  const { t } = useTranslation('supervision');
  const thresholds = useThresholds();
  const found = useStageUpdates(under);
  const [shown, setShown] = useState<{ figure: UpdateFigure; title: string } | null>(null);
  return (
    <section className={css.panel} aria-labelledby="stage-updates">
      <Head id="stage-updates" title={t('pace.updates')} norm={found.data?.norm} />
      <Faces query={found} rows={4}>
        {({ whole, units, people, norm }) => {
          const rows = [
            ...(units.length === 1 ? [] : [{ kind: 'whole', of: {}, label: t('pace.whole'), row: whole }]),
            ...units.map((row) => ({ kind: 'unit', of: { unit_id: row.id ?? undefined }, label: row.name, row })),
            ...people.map((row) => ({ kind: 'person', of: { owner_id: row.id ?? undefined }, label: row.name, row })),
          ].filter((one) => one.row.timed > 0);
          return (
            <>
              <p className="muted">
                {t('pace.updatesHint')} {thresholds(norm, 'share')}
                {whole.untimed > 0 && ` ${t('pace.untimed', { count: whole.untimed })}`}
              </p>
              {rows.length === 0 ? (
                <p className="muted">{t('pace.empty')}</p>
              ) : (
                <div className={css.scroll} role="group" aria-label={t('pace.updates')} tabIndex={0}>
                  <table className={css.table}>
                    <thead>
                      <tr>
                        <th scope="col">{t('pace.of')}</th>
                        <th scope="col">{t('pace.share')}</th>
                        <th scope="col">{t('pace.late')}</th>
                        <th scope="col">{t('pace.timed')}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {rows.map(({ kind, of, label, row }) => (
                        <tr key={`${kind}${row.id ?? ''}`}>
                          <th scope="row">{kind === 'unit' ? <UnitName id={row.id} name={label} /> : label}</th>
                          <td>
                            {row.share === null ? '—' : percent(row.share)} <Verdict verdict={row.verdict} />
                          </td>
                          {(['late', 'timed'] as const).map((part) => (
                            <td key={part}>
                              <Figure
                                value={row[part]}
                                label={`${label} ${t(`pace.${part}`)}`}
                                onOpen={() => { setShown({ figure: { part, under, ...of }, title: `${label} · ${t(`pace.${part}`)}` }); }}
                              />
                            </td>
                          ))}
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              )}
            </>
          );
        }}
      </Faces>
      {shown && <UpdateDeals {...shown} onClose={() => { setShown(null); }} />}
    </section>
  );
}

/** How many days deals took until they were won: all, and by unit. */
function Cycle({ under }: { under: number | undefined }) {
  const { t } = useTranslation('supervision');
  const thresholds = useThresholds();
  const found = useDealCycle(under);
  const [shown, setShown] = useState<{ of: { unit_id?: number; under?: number }; title: string } | null>(null);
  return (
    <section className={css.panel} aria-labelledby="deal-cycle">
      <Head id="deal-cycle" title={t('pace.cycle')} norm={found.data?.norm} />
      <Faces query={found} rows={3}>
        {({ whole, units, norm }) => (
          <>
            <p className="muted">
              {t('pace.cycleHint')} {thresholds(norm, 'days')}
            </p>
            {whole.won === 0 ? (
              <p className="muted">{t('pace.nothingWon')}</p>
            ) : (
              <div className={css.scroll} role="group" aria-label={t('pace.cycle')} tabIndex={0}>
                <table className={css.table}>
                  <thead>
                    <tr>
                      <th scope="col">{t('pace.of')}</th>
                      <th scope="col">{t('pace.mean')}</th>
                      <th scope="col">{t('pace.median')}</th>
                      <th scope="col">{t('pace.won')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {[...(units.length === 1 ? [] : [{ ...whole, name: t('pace.whole') }]), ...units].map((row) => (
                      <tr key={row.id ?? row.name}>
                        <th scope="row"><UnitName id={row.id} name={row.name} /></th>
                        <td>
                          {row.mean?.toFixed(1)} <Verdict verdict={row.verdict} />
                        </td>
                        <td>{row.median?.toFixed(1)}</td>
                        <td>
                          <Figure
                            value={row.won}
                            label={`${row.name} ${t('pace.won')}`}
                            onOpen={() => { setShown({ of: { unit_id: row.id ?? undefined, under }, title: `${row.name} · ${t('pace.won')}` }); }}
                          />
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </>
        )}
      </Faces>
      {shown && <CycleDeals {...shown} onClose={() => { setShown(null); }} />}
    </section>
  );
}

/** The pace of deals: stages updated in time, days until won. */
export function DealPace({ under }: { under: number | undefined }) {
  const address = useAddress();
  const norm = address.get('norm');
  return (
    <>
      <StageUpdates under={under} />
      <Cycle under={under} />
      <Suspense fallback={null}>{norm && <DealNormSheet key={norm} norm={norm} onClose={() => { address.set({ norm: null }); }} />}</Suspense>
    </>
  );
}

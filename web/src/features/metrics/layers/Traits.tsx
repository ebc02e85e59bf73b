import { useTranslation } from 'react-i18next';
import { Empty } from '@/ui/faces';
import { date } from '@/ui/format';
import { currentLanguage } from '@/ui/i18n';
import { useName } from '@/ui/names';
import { percent } from '@/features/metrics/told';
import css from './layers.module.css';
import { chance, verdictOf, type DealsBehind, type Layers, type Trait } from './layers';

export type OpenDeals = (title: string, behind: DealsBehind) => void;

/** Won of so many deals in a group, and the way to them. */
function GroupCell({ trait, part, onOpen }: { trait: Trait; part: 'having' | 'lacking'; onOpen: OpenDeals }) {
  const { t } = useTranslation('layers');
  const name = useName();
  const { hits, of, value, low, high } = trait[part];
  const title = `${name(trait.name)} · ${t(part)}`;
  return (
    <td data-label={t(part)}>
      <button type="button" className={css.count} disabled={of === 0} aria-label={`${title}: ${t('wonOf', { hits, count: of })}`} onClick={() => { onOpen(title, { trait: trait.key, part, outcome: 'all' }); }}>
        {t('wonOf', { hits, count: of })}
      </button>
      <small className="muted">{value === null ? t('tooFew') : `${percent(value)}${low === null || high === null ? '' : ` (${percent(low)}–${percent(high)})`}`}</small>
    </td>
  );
}

function TraitLine({ trait, layer, onOpen }: { trait: Trait; layer: string; onOpen: OpenDeals }) {
  const { t } = useTranslation('layers');
  const name = useName();
  const verdict = verdictOf(trait);
  const points = (value: number) => new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(100 * value);
  return (
    <tr>
      <th scope="row">
        {name(trait.name)}
        <small className="muted">
          {layer}
          {trait.unknown > 0 && (
            <>
              {' · '}
              <button type="button" className={css.count} onClick={() => { onOpen(`${name(trait.name)} · ${t('unknownTitle')}`, { trait: trait.key, part: 'unknown', outcome: 'all' }); }}>
                {t('unknown', { count: trait.unknown })}
              </button>
            </>
          )}
        </small>
      </th>
      <GroupCell trait={trait} part="having" onOpen={onOpen} />
      <GroupCell trait={trait} part="lacking" onOpen={onOpen} />
      <td data-label={t('difference')}>
        {trait.difference === null ? '—' : t('points', { value: points(trait.difference) })}
        {trait.low !== null && trait.high !== null && <small className="muted">{t('between', { low: points(trait.low), high: points(trait.high) })}</small>}
      </td>
      <td data-label={t('p')}>{trait.p === null ? '—' : chance(trait.p)}</td>
      <td data-label={t('verdict')}>
        <span className={css.verdict} data-verdict={verdict}>{t(`says.${verdict}`)}</span>
      </td>
    </tr>
  );
}

/** What goes together with winning: deals that ended with something and without it. */
export function Traits({ told, onOpen }: { told: Layers; onOpen: OpenDeals }) {
  const { t } = useTranslation('layers');
  const name = useName();
  const layerOf = (key: string) => name(told.layers.find((each) => each.key === key)?.name ?? {});
  const ended = told.won + told.lost;
  return (
    <section className={css.traits} aria-label={t('traits')}>
      <h2>{t('traits')}</h2>
      <p className={css.warning}>{t('notProof')}</p>
      <p className="muted">{t('looked', { won: told.won, lost: told.lost, since: date(told.looked_since), until: date(told.until) })}</p>
      {ended === 0 || told.traits.length === 0 ? (
        <Empty title={t('noDeals')} hint={t('noDealsHint')} />
      ) : (
        <>
          {told.compared === 0 && <p role="status">{t('allFew', { enough: told.enough })}</p>}
          <div className={css.scroll} role="group" aria-label={t('traits')} tabIndex={0}>
            <table className={css.table}>
              <thead>
                <tr>
                  {['trait', 'having', 'lacking', 'difference', 'p', 'verdict'].map((key) => (
                    <th key={key} scope="col">{t(key)}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {told.traits.map((trait) => (
                  <TraitLine key={trait.key} trait={trait} layer={layerOf(trait.layer)} onOpen={onOpen} />
                ))}
              </tbody>
            </table>
          </div>
          <p className="muted">{t('method', { enough: told.enough, count: told.compared })}</p>
        </>
      )}
    </section>
  );
}

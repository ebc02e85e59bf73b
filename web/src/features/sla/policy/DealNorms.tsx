import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/features/records/address';
import { measureOf, useDealNorms } from '@/features/sla/dealNorm';
import { useLimits } from '@/features/sla/dealPace';
import { Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import css from './Policy.module.css';

const DealNormSheet = lazy(() => import('@/features/sla/DealNormSheet'));

/** Beside the policies: what is normal of the pace of deals, who says so, and the way to change it. */
export default function DealNorms() {
  const { t } = useTranslation('supervision');
  const name = useName();
  const address = useAddress();
  const limits = useLimits();
  const norms = useDealNorms();
  const shown = address.get('norm');
  return (
    <section aria-labelledby="deal-norms">
      <h2 id="deal-norms" className={css.about}>
        {t('norm.all')}
      </h2>
      <Faces query={norms} rows={2} isEmpty={(list) => list.length === 0}>
        {(list) => (
          <div className={css.cards}>
            {list.map((norm) => (
              <article key={norm.key} className={css.card}>
                <header className={css.cardHead}>
                  <h3>
                    <button type="button" className={css.title} onClick={() => { address.set({ norm: norm.key }); }}>
                      {name(norm.name)}
                    </button>
                  </h3>
                  <span className="muted">{t(`norm.source.${norm.source}`)}</span>
                </header>
                <p>{limits(norm, measureOf(norm))}</p>
                {norm.number > 0 && <small className="muted">{t('norm.by', { number: norm.number, name: norm.set_by || '–', at: dateTime(norm.set_at) })}</small>}
              </article>
            ))}
          </div>
        )}
      </Faces>
      <Suspense fallback={null}>{shown && <DealNormSheet key={shown} norm={shown} onClose={() => { address.set({ norm: null }); }} />}</Suspense>
    </section>
  );
}

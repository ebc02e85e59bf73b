import { useTranslation } from 'react-i18next';
import type { DealNorm } from '@/api/types';
import { useAllowed } from '@/features/identity/session';
import { Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import css from './DealNorm.module.css';
import { DealNormForm } from './DealNormForm';
import { measureOf, useDealNorms } from './dealNorm';
import { useLimits } from './dealPace';

/** What counts now, and who said so. */
function Now({ norm }: { norm: DealNorm }) {
  const { t } = useTranslation('supervision');
  const limits = useLimits();
  const measure = measureOf(norm);
  const pack = { ...norm, normal: norm.shipped_normal, abnormal: norm.shipped_abnormal };
  return (
    <div className={css.now}>
      <strong>{limits(norm, measure)}</strong>
      <span className="muted">
        {norm.number > 0 ? t('norm.by', { number: norm.number, name: norm.set_by || '–', at: dateTime(norm.set_at) }) : t('norm.untouched')}
        {norm.source === 'own' && ` · ${t('norm.shipped', { limits: limits(pack, measure) })}`}
      </span>
    </div>
  );
}

/** Every version, the newest first: what it said, whose it is, and why. */
function Versions({ norm }: { norm: DealNorm }) {
  const { t } = useTranslation('supervision');
  const limits = useLimits();
  if (norm.versions.length === 0) return null;
  return (
    <section aria-labelledby="norm-versions">
      <h3 id="norm-versions">{t('norm.versions')}</h3>
      <ol className={css.versions}>
        {norm.versions.map((one) => (
          <li key={one.number}>
            <span>{one.normal === null ? t('norm.back') : limits(one, measureOf(norm))}</span>
            <small className="muted">{t('norm.by', { number: one.number, name: one.set_by || '–', at: dateTime(one.set_at) })}</small>
            {one.note && <p>{one.note}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What is normal of deals and what abnormal: what counts, its versions, and for those who may, the form. */
export default function DealNormSheet({ norm: key, onClose }: { norm: string; onClose: () => void }) {
  const { t } = useTranslation('supervision');
  const name = useName();
  const editable = useAllowed('sla.manage');
  const norms = useDealNorms();
  const of = (list: DealNorm[]) => list.filter((one) => one.key === key);
  const title = norms.data?.find((one) => one.key === key)?.name;
  return (
    <Sheet title={title ? t('norm.title', { name: name(title) }) : t('norm.open')} onClose={onClose}>
      <Faces query={norms} rows={6} isEmpty={(list) => of(list).length === 0}>
        {(list) =>
          of(list).map((norm) => (
            <div key={norm.key} className={css.sheet}>
              <Now norm={norm} />
              <p className="muted">{t(`norm.hint.${measureOf(norm)}`)}</p>
              {editable ? <DealNormForm norm={norm} /> : <p className="muted">{t('norm.readOnly')}</p>}
              <Versions norm={norm} />
            </div>
          ))
        }
      </Faces>
    </Sheet>
  );
}

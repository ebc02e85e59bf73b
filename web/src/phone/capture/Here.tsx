import { useTranslation } from 'react-i18next';
import phone from '@/phone/phone.module.css';
import type { Fix } from '@/phone/platform/platform';
import css from './capture.module.css';
import { useWhereabouts } from './whereabouts';

type Props = { title: string; value: Fix | null; ask: (purpose: string) => Promise<boolean>; onFound: (fix: Fix) => void };

/** Where the visit takes place: found by itself once the person has agreed to it. */
export function Here({ title, value, ask, onFound }: Props) {
  const { t } = useTranslation('followups');
  const { locating, locate } = useWhereabouts({ isWanted: value === null, ask, onFound });
  return (
    <section className={phone.panel} aria-label={title}>
      <div className={css.head}>
        <h2>{title}</h2>
        <button type="button" className={css.speak} disabled={locating.state === 'locating'} onClick={() => void locate()}>
          {t(value ? 'place.again' : 'place.locate')}
        </button>
      </div>
      <p role="status" className={value ? css.found : undefined}>
        {locating.state === 'locating'
          ? t('place.locating')
          : locating.state === 'failed'
            ? t(`place.${locating.reason}`)
            : value
              ? t('place.found', { metres: Math.round(value.accuracy_m) })
              : t('place.idle')}
      </p>
    </section>
  );
}

import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Faces } from '@/ui/faces';
import { useStandards } from './admin';
import { StandardCard } from './StandardCard';
import css from './standards.module.css';

const NewStandard = lazy(() => import('./NewStandard'));

/** What makes a follow-up count: every standard, its versions and its draft. */
export default function StandardsPage() {
  const { t } = useTranslation('followupStandards');
  const standards = useStandards();
  const [making, setMaking] = useState(false);
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('title')}</h1>
        <span className={css.buttons}>
          <Button type="primary" onClick={() => { setMaking(true); }}>
            {t('add')}
          </Button>
        </span>
      </div>
      <p className="muted">{t('hint')}</p>
      <Faces query={standards} rows={8} isEmpty={(list) => list.items.length === 0} empty={<Empty title={t('nothing')} hint={t('nothingHint')} />}>
        {(list) => (
          <>
            {list.items.map((standard) => (
              <StandardCard key={standard.key} standard={standard} words={list} />
            ))}
          </>
        )}
      </Faces>
      <Suspense fallback={null}>{making && <NewStandard taken={standards.data?.items ?? []} onClose={() => { setMaking(false); }} />}</Suspense>
    </div>
  );
}

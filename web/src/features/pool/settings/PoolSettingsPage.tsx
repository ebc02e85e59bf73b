import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTypes } from '@/features/records/meta';
import { Empty, Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import css from './Settings.module.css';
import { usePoolSettings } from './settings';

const NewPoolDialog = lazy(() => import('./NewPoolDialog'));

/** Every pool with what its rules say. */
export default function PoolSettingsPage() {
  const { t } = useTranslation('pool');
  const name = useName();
  const types = useTypes();
  const pools = usePoolSettings();
  const [making, setMaking] = useState(false);
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('settings.title')}</h1>
        <Button type="primary" onClick={() => { setMaking(true); }}>
          {t('settings.add')}
        </Button>
      </div>
      <Faces query={pools} rows={8} isEmpty={(list) => list.length === 0} empty={<Empty title={t('settings.none')} hint={t('settings.noneHint')} />}>
        {(list) => (
          <div className={css.cards}>
            {list.map((pool) => (
              <article key={pool.id} className={css.part}>
                <h2>
                  <Link to={`/admin/pools/${pool.id}`}>{name(pool.name)}</Link>
                </h2>
                <p className="muted">
                  {[
                    name(types.find((type) => type.key === pool.record_type)?.name) || pool.record_type,
                    pool.unit?.name ?? t('settings.company'),
                    pool.version ? t('settings.version', { version: pool.version }) : t('settings.neverPublished'),
                    ...(pool.has_draft ? [t('settings.draft')] : []),
                    ...(pool.is_active ? [] : [t('settings.off')]),
                  ].join(' · ')}
                </p>
                <ol className={css.sentences}>
                  {pool.sentences.map((sentence) => (
                    <li key={sentence}>{sentence}</li>
                  ))}
                </ol>
              </article>
            ))}
          </div>
        )}
      </Faces>
      <Suspense fallback={null}>{making && <NewPoolDialog taken={pools.data ?? []} onClose={() => { setMaking(false); }} />}</Suspense>
    </div>
  );
}

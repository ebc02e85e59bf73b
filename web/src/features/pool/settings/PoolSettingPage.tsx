import { Switch } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { problemOf } from '@/api/problem';
import type { PoolSettings } from '@/api/types';
import { Faces, Loading } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './Settings.module.css';
import { useOnePool, usePoolCatalogue, useSwitchPool } from './settings';

const PoolEditor = lazy(() => import('./PoolEditor'));

function OnOff({ pool }: { pool: PoolSettings }) {
  const { t } = useTranslation('pool');
  const say = useToast();
  const turn = useSwitchPool(pool.id);
  return (
    <label className="row">
      <Switch
        aria-label={t('settings.active')}
        checked={pool.is_active}
        loading={turn.isPending}
        onChange={(on) => {
          turn.mutate(on, {
            onError: (error) => {
              say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
            },
          });
        }}
      />
      {t(pool.is_active ? 'settings.on' : 'settings.off')}
    </label>
  );
}

function Loaded({ pool }: { pool: PoolSettings }) {
  const { t } = useTranslation('pool');
  const name = useName();
  const catalogue = usePoolCatalogue(pool.record_type);
  return (
    <>
      <header className={css.head}>
        <h1>{name(pool.name)}</h1>
        <span className="muted">
          {pool.unit?.name ?? t('settings.company')} · {pool.version ? t('settings.version', { version: pool.version }) : t('settings.neverPublished')}
        </span>
        <OnOff pool={pool} />
      </header>
      <Faces query={catalogue} rows={10}>
        {(words) => (
          <Suspense fallback={<Loading rows={10} />}>
            <PoolEditor key={`${pool.id}-${pool.version ?? 0}`} pool={pool} catalogue={words} />
          </Suspense>
        )}
      </Faces>
      {pool.versions.length > 0 && (
        <section className={css.part} aria-labelledby="versions">
          <h2 id="versions">{t('settings.versions')}</h2>
          <ol className={css.versions}>
            {pool.versions.map((version) => (
              <li key={version.number}>
                <strong>{t('settings.version', { version: version.number })}</strong>
                {version.is_current && <em>{t('settings.current')}</em>}
                <span className="muted">
                  {dateTime(version.published_at)} {version.published_by}
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

/** One pool: its rules as they are written, and its versions. */
export default function PoolSettingPage() {
  const { t } = useTranslation('pool');
  const pool = useOnePool(Number(useParams()['id']));
  return (
    <div className={css.page}>
      <Link to="/admin/pools">← {t('settings.title')}</Link>
      <Faces query={pool} rows={10}>
        {(data) => <Loaded pool={data} />}
      </Faces>
    </div>
  );
}

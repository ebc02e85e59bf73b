import { Switch } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { problemOf } from '@/api/problem';
import type { Policy } from '@/api/types';
import { useAllowed } from '@/features/identity/session';
import { Faces, Loading } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './Policy.module.css';
import { PolicyVersions } from './PolicyVersions';
import { Sentences } from './Sentences';
import { useCatalogue, usePolicy, useSwitch } from './policies';

const PolicyEditor = lazy(() => import('./PolicyEditor'));

function OnOff({ policy }: { policy: Policy }) {
  const { t } = useTranslation('sla');
  const say = useToast();
  const turn = useSwitch(policy.key);
  return (
    <label className="row">
      <Switch
        aria-label={t('policy.active')}
        checked={policy.is_active}
        loading={turn.isPending}
        onChange={(on) => {
          turn.mutate(on, {
            onError: (error) => {
              say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
            },
          });
        }}
      />
      {t(policy.is_active ? 'policy.on' : 'policy.off')}
    </label>
  );
}

/** One policy: for those who keep it with its editor, for others in words. */
export default function PolicyPage() {
  const { t } = useTranslation('sla');
  const name = useName();
  const { key = '' } = useParams();
  const editable = useAllowed('sla.manage');
  const policy = usePolicy(key);
  const catalogue = useCatalogue(policy.data?.about ?? '', editable && policy.data !== undefined);
  return (
    <div className={css.page}>
      <Link to="/admin/policies">← {t('policy.title')}</Link>
      <Faces query={policy} rows={10}>
        {(data) => (
          <>
            <header className={css.head}>
              <h1>{name(data.name)}</h1>
              <span className="muted">{data.version ? t('policy.version', { version: data.version }) : t('policy.neverPublished')}</span>
              {editable && <OnOff policy={data} />}
            </header>
            {editable ? (
              <Faces query={catalogue} rows={10}>
                {(words) => (
                  <Suspense fallback={<Loading rows={10} />}>
                    <PolicyEditor key={`${data.key}-${data.version ?? 0}`} policy={data} catalogue={words} />
                  </Suspense>
                )}
              </Faces>
            ) : (
              <section className={css.panel}>
                <Sentences checked={{ problems: [], sentences: data.sentences }} />
              </section>
            )}
            <PolicyVersions policy={data} />
          </>
        )}
      </Faces>
    </div>
  );
}

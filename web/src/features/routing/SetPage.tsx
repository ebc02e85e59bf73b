import { Switch } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { problemOf } from '@/api/problem';
import type { RoutingSet } from '@/api/types';
import { Faces, Loading } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './Routing.module.css';
import { useRoutingCatalogue, useRoutingSet, useRoutingVersion, useSwitchSet } from './routing';

const SetEditor = lazy(() => import('./SetEditor'));

function OnOff({ set }: { set: RoutingSet }) {
  const { t } = useTranslation('routing');
  const say = useToast();
  const turn = useSwitchSet(set.key);
  return (
    <label className="row">
      <Switch
        aria-label={t('active')}
        checked={set.is_active}
        disabled={set.version === null}
        loading={turn.isPending}
        onChange={(on) => {
          turn.mutate(on, {
            onError: (error) => {
              say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
            },
          });
        }}
      />
      {t(set.is_active ? 'on' : 'off')}
    </label>
  );
}

function Said({ set, number }: { set: string; number: number }) {
  const version = useRoutingVersion(set, number);
  return (
    <Faces query={version} rows={3}>
      {(data) => (
        <ol className={css.sentences}>
          {data.sentences.map((sentence) => (
            <li key={sentence.branch}>{sentence.text}</li>
          ))}
        </ol>
      )}
    </Faces>
  );
}

function Versions({ set }: { set: RoutingSet }) {
  const { t } = useTranslation('routing');
  const [opened, setOpened] = useState<number | null>(null);
  if (set.versions.length === 0) return null;
  return (
    <section className={css.card} aria-label={t('versions')}>
      <h2>{t('versions')}</h2>
      <ul className={css.versions}>
        {set.versions.map((version) => (
          <li key={version.number}>
            <button type="button" className={css.link} aria-expanded={opened === version.number} onClick={() => { setOpened(opened === version.number ? null : version.number); }}>
              {t('version', { version: version.number })}
            </button>
            {version.is_current && <em>{t('current')}</em>}
            <span className="muted">
              {dateTime(version.published_at)} {version.published_by}
            </span>
            {opened === version.number && <Said set={set.key} number={version.number} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Loaded({ set }: { set: RoutingSet }) {
  const { t } = useTranslation('routing');
  const name = useName();
  const catalogue = useRoutingCatalogue(set.record_type);
  return (
    <>
      <header className={css.head}>
        <h1>{name(set.name)}</h1>
        <span className="muted">{set.version ? t('version', { version: set.version }) : t('neverPublished')}</span>
        <OnOff set={set} />
      </header>
      <Faces query={catalogue} rows={10}>
        {(words) => (
          <Suspense fallback={<Loading rows={10} />}>
            <SetEditor key={`${set.key}-${set.version ?? 0}`} set={set} catalogue={words} />
          </Suspense>
        )}
      </Faces>
      <Versions set={set} />
    </>
  );
}

/** One rule set: its branches as they are written, and its versions. */
export default function SetPage() {
  const { t } = useTranslation('routing');
  const set = useRoutingSet(useParams()['key'] ?? '');
  return (
    <div className={css.page}>
      <Link to="/admin/routing">← {t('title')}</Link>
      <Faces query={set} rows={10}>
        {(data) => <Loaded set={data} />}
      </Faces>
    </div>
  );
}

import type { UseMutationResult } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { useConfirm } from '@/ui/confirm';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { thingsAt, useSetupDraft } from './draft';
import css from './setup.module.css';

type Version = { version: number; definition: unknown; published_at: string; published_by?: { name: string } | null; is_shipped: boolean; is_current: boolean };
type Fault = { path: string; code: string; message?: string };
type Wish = { version: number; definition: Record<string, unknown> };

type Props<D, T, V extends Version> = {
  name: string;
  setup: { version: number; definition: unknown; versions: V[] };
  publish: UseMutationResult<{ version: number }, Error, Wish>;
  rehearse: UseMutationResult<T, Error, Record<string, unknown>>;
  form: (draft: D, set: (draft: D) => void) => ReactNode;
  tried: (result: T) => ReactNode;
  says: (version: V) => ReactNode;
};

/** A configuration as it is written: tried out, published, its versions below. */
export function SetupFrame<D, T, V extends Version>({ name, setup, publish, rehearse, form, tried, says }: Props<D, T, V>) {
  const { t } = useTranslation('ui');
  const nameOf = useName();
  const say = useToast();
  const confirm = useConfirm();
  const { draft, isChanged, set, drop } = useSetupDraft(name, setup.definition as D);
  const sent = draft as unknown as Record<string, unknown>;
  const error = problemOf(publish.error ?? rehearse.error);
  const faults = (error?.problem['problems'] as Fault[] | undefined) ?? [];
  const answer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error || rehearse.data) answer.current?.scrollIntoView({ block: 'center' });
  }, [error, rehearse.data]);
  const forget = () => {
    publish.reset();
    rehearse.reset();
  };
  const write = (next: D) => {
    forget();
    set(next);
  };
  const ask = () => {
    confirm({
      title: t('setup.publishTitle', { version: setup.version + 1 }),
      text: t('setup.publishHint'),
      ok: t('setup.publish'),
      run: () => {
        rehearse.reset();
        publish.mutate(
          { version: setup.version, definition: sent },
          {
            onSuccess: (kept) => {
              drop();
              say('ok', t('setup.published', { version: kept.version }));
            },
          },
        );
      },
    });
  };
  return (
    <>
      {form(draft, write)}
      <div ref={answer} className={css.answer}>
        {error && (
          <div className={css.bad} role="alert">
            <p>{error.status === 412 ? t('setup.conflict') : error.message}</p>
            {faults.length > 0 && (
              <ul>
                {faults.map((fault) => (
                  <li key={`${fault.path}${fault.code}`}>{[...thingsAt(draft, fault.path, nameOf), fault.message ?? fault.code].join(' › ')}</li>
                ))}
              </ul>
            )}
          </div>
        )}
        {rehearse.data && (
          <section className={`${css.panel} ${css.tried}`} aria-label={t('setup.tried')} role="status">
            <h2>{t('setup.tried')}</h2>
            {tried(rehearse.data)}
          </section>
        )}
      </div>
      <div className={css.bar}>
        <span className="muted" role="status">
          {t(isChanged ? 'setup.changed' : 'setup.unchanged', { version: setup.version })}
        </span>
        {isChanged && <Button onClick={() => { forget(); drop(); }}>{t('setup.drop')}</Button>}
        <Button loading={rehearse.isPending} onClick={() => { publish.reset(); rehearse.mutate(sent); }}>
          {t('setup.try')}
        </Button>
        <Button type="primary" disabled={!isChanged} loading={publish.isPending} onClick={ask}>
          {t('setup.publish')}
        </Button>
      </div>
      <section aria-labelledby="versions">
        <h2 id="versions">{t('setup.versions')}</h2>
        <div className={css.versions}>
          {setup.versions.map((version) => (
            <details key={version.version} className={`${css.thing} ${css.version}`}>
              <summary>
                <strong>{t(version.is_current ? 'setup.current' : 'setup.version', { version: version.version })}</strong>
                <span className="muted">
                  {dateTime(version.published_at)} {version.published_by?.name ?? (version.is_shipped ? t('setup.shipped') : '')}
                </span>
              </summary>
              {says(version)}
              {!version.is_current && <Button onClick={() => { write(version.definition as D); window.scrollTo({ top: 0 }); }}>{t('setup.takeUp', { version: version.version })}</Button>}
            </details>
          ))}
        </div>
      </section>
    </>
  );
}

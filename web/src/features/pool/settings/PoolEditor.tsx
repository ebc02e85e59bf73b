import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { PoolCatalogue, PoolSettings } from '@/api/types';
import { useAutosave } from '@/ui/autosave';
import { useConfirm } from '@/ui/confirm';
import { Failure, Loading } from '@/ui/faces';
import { useRested } from '@/ui/rested';
import { useToast } from '@/ui/toast';
import { RulesForm } from './RulesForm';
import css from './Settings.module.css';
import { rulesOf, sent, type Rules } from './definition';
import { useCheckRules, usePublishRules, useSaveRules } from './settings';

const PreviewSheet = lazy(() => import('./PreviewSheet'));

/** The rules of a pool as they are written: kept by themselves, said in words, previewed, published. */
export default function PoolEditor({ pool, catalogue }: { pool: PoolSettings; catalogue: PoolCatalogue }) {
  const { t } = useTranslation('pool');
  const say = useToast();
  const confirm = useConfirm();
  const [rules, setRules] = useState(() => rulesOf(pool));
  const [isPreviewing, setPreviewing] = useState(false);
  const save = useSaveRules(pool.id);
  const publish = usePublishRules(pool.id);
  // As text: the condition's own marks change nothing that is sent.
  const saving = useAutosave(JSON.stringify(sent(rules)), (next) => save.mutateAsync(JSON.parse(next) as Rules));
  const check = useCheckRules(pool.id, useRested(rules, 400));
  const isSound = check.data?.problems.length === 0 && !check.isPlaceholderData;
  const hasDraft = pool.draft !== null || saving.state !== 'saved';
  const state = saving.state === 'failed' ? 'failedToSave' : saving.state === 'waiting' ? 'saving' : pool.draft === null ? 'unchanged' : 'saved';
  const ask = () => {
    confirm({
      title: t('settings.publishTitle'),
      text: t('settings.publishHint'),
      ok: t('settings.publish'),
      run: async () => {
        await saving.flush();
        const published = await publish.mutateAsync();
        say('ok', t('settings.published', { version: published.version }));
      },
    });
  };
  return (
    <div className={css.editor}>
      <RulesForm rules={rules} recordType={pool.record_type} catalogue={catalogue} onChange={setRules} />
      <aside className={css.side}>
        <section className={css.part} aria-labelledby="says">
          <h2 id="says">{t('settings.says')}</h2>
          {!check.data ? (
            check.error ? (
              <Failure error={check.error} />
            ) : (
              <Loading rows={4} />
            )
          ) : check.data.problems.length > 0 ? (
            <div role="alert">
              <p className={css.faulty}>{t('settings.problems', { count: check.data.problems.length })}</p>
              <ul>
                {check.data.problems.map((problem) => (
                  <li key={`${problem.code}${problem.path}`}>
                    {problem.message} <code>{problem.path}</code>
                  </li>
                ))}
              </ul>
            </div>
          ) : (
            <ol className={css.sentences}>
              {check.data.sentences.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ol>
          )}
        </section>
        <div className={css.actions}>
          <span className="muted" role="status">
            {t(`settings.${state}`)}
          </span>
          <Button disabled={!isSound} onClick={() => { setPreviewing(true); }}>
            {t('settings.preview')}
          </Button>
          <Button type="primary" disabled={!isSound || !hasDraft} onClick={ask}>
            {t('settings.publish')}
          </Button>
        </div>
        {save.error && <p className={css.faulty}>{problemOf(save.error)?.message}</p>}
      </aside>
      <Suspense fallback={null}>{isPreviewing && <PreviewSheet pool={pool.id} rules={rules} onClose={() => { setPreviewing(false); }} />}</Suspense>
    </div>
  );
}

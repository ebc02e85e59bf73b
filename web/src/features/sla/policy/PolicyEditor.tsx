import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Policy, PolicyCatalogue } from '@/api/types';
import { Failure, Loading } from '@/ui/faces';
import { useRested } from '@/ui/rested';
import { useToast } from '@/ui/toast';
import css from './Policy.module.css';
import { PolicyForm } from './PolicyForm';
import { Sentences } from './Sentences';
import { definitionOf, isSame, type Definition } from './definition';
import { useCheck, useSaveDraft } from './policies';

const RehearsalSheet = lazy(() => import('./RehearsalSheet'));
const PublishDialog = lazy(() => import('./PublishDialog'));

/** The draft of a policy: its form, what it says in words while it is written, and the way to publish it. */
export default function PolicyEditor({ policy, catalogue }: { policy: Policy; catalogue: PolicyCatalogue }) {
  const { t } = useTranslation('sla');
  const say = useToast();
  const [definition, setDefinition] = useState<Definition>(() => definitionOf(policy));
  const [opened, setOpened] = useState<'rehearsal' | 'publish' | null>(null);
  const check = useCheck(policy.key, useRested(definition, 400));
  const save = useSaveDraft(policy.key);
  const isSaved = isSame(definition, definitionOf(policy));
  const isSound = check.data?.problems.length === 0 && !check.isPlaceholderData;
  const keep = async () => {
    if (!isSaved || policy.draft === null) await save.mutateAsync(definition);
  };
  const refused = (error: unknown) => {
    say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
  };
  return (
    <div className={css.editor}>
      <PolicyForm definition={definition} catalogue={catalogue} onChange={setDefinition} />
      <aside className={css.side}>
        <section className={css.panel} aria-labelledby="says">
          <h2 id="says">{t('policy.says')}</h2>
          {check.data ? <Sentences checked={check.data} /> : check.error ? <Failure error={check.error} /> : <Loading rows={4} />}
        </section>
        <div className={css.actions}>
          <span className="muted">{t(isSaved ? (policy.draft ? 'policy.saved' : 'policy.unchanged') : 'policy.unsaved')}</span>
          <Button
            loading={save.isPending}
            disabled={isSaved}
            onClick={() => {
              save.mutate(definition, {
                onSuccess: () => {
                  say('ok', t('policy.draftSaved'));
                },
                onError: refused,
              });
            }}
          >
            {t('policy.saveDraft')}
          </Button>
          <Button disabled={!isSound} onClick={() => { setOpened('rehearsal'); }}>
            {t('rehearsal.start')}
          </Button>
          <Button
            type="primary"
            disabled={!isSound || (isSaved && policy.draft === null)}
            onClick={() => {
              keep().then(() => {
                setOpened('publish');
              }, refused);
            }}
          >
            {t('policy.publish')}
          </Button>
        </div>
      </aside>
      <Suspense fallback={null}>
        {opened === 'rehearsal' && <RehearsalSheet policyKey={policy.key} definition={definition} onClose={() => { setOpened(null); }} />}
        {opened === 'publish' && <PublishDialog policy={policy} onClose={() => { setOpened(null); }} />}
      </Suspense>
    </div>
  );
}

import { Button, InputNumber, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { RoutingCatalogue, RoutingSet } from '@/api/types';
import { useAutosave } from '@/ui/autosave';
import { useConfirm } from '@/ui/confirm';
import { useName } from '@/ui/names';
import { useRested } from '@/ui/rested';
import { useToast } from '@/ui/toast';
import { Branches } from './Branches';
import css from './Routing.module.css';
import { definitionOf, sent, type Definition } from './definition';
import { useCheckRouting, usePublishSet, useSaveSet } from './routing';

const TestBench = lazy(() => import('./TestBench'));

function Beside({ definition, catalogue, onChange }: { definition: Definition; catalogue: RoutingCatalogue; onChange: (definition: Definition) => void }) {
  const { t } = useTranslation('routing');
  const name = useName();
  const upon = definition.upon ?? { created: true, graded: [] };
  return (
    <section className={css.card} aria-label={t('settings')}>
      <div className={css.field}>
        {t('reroutes')}
        <InputNumber<number> controls={false}
          aria-label={t('reroutes')}
          min={0}
          max={10}
          value={definition.reroutes}
          onChange={(reroutes) => { onChange({ ...definition, reroutes: reroutes ?? 0 }); }}
        />
        <small className="muted">{t('reroutesHint')}</small>
      </div>
      {catalogue.grades.length > 0 && (
        <div className={css.field}>
          {t('graded')}
          <Select<string[]>
            mode="multiple"
            aria-label={t('graded')}
            value={upon.graded}
            options={catalogue.grades.map((grade) => ({ value: grade.key, label: name(grade.name) }))}
            onChange={(graded) => { onChange({ ...definition, upon: { ...upon, graded } }); }}
          />
        </div>
      )}
    </section>
  );
}

/** The rules as they are written: kept by themselves, checked at their place, tried out, published. */
export default function SetEditor({ set, catalogue }: { set: RoutingSet; catalogue: RoutingCatalogue }) {
  const { t } = useTranslation('routing');
  const say = useToast();
  const confirm = useConfirm();
  const [definition, setDefinition] = useState(() => definitionOf(set));
  const [isTrying, setTrying] = useState(false);
  const save = useSaveSet(set.key);
  const publish = usePublishSet(set.key);
  // As text: opening a condition marks its lines, which changes nothing that is sent.
  const saving = useAutosave(JSON.stringify(sent(definition)), (next) => save.mutateAsync(JSON.parse(next) as Definition));
  const check = useCheckRouting(set.key, useRested(definition, 300));
  const isSound = check.data?.problems.length === 0;
  const hasDraft = set.draft !== null || saving.state !== 'saved';
  const state = saving.state === 'failed' ? 'failedToSave' : saving.state === 'waiting' ? 'saving' : set.draft === null ? 'unchanged' : 'saved';
  const ask = () => {
    confirm({
      title: t('publishTitle', { version: (set.version ?? 0) + 1 }),
      text: t(set.version === null ? 'publishFirstHint' : 'publishHint'),
      ok: t('publish'),
      run: async () => {
        await saving.flush();
        const published = await publish.mutateAsync();
        say('ok', t('published', { version: published.version }));
      },
    });
  };
  return (
    <div className={css.editor}>
      <div className={css.branchSide}>
        <Branches definition={definition} checked={check.data} catalogue={catalogue} onChange={setDefinition} />
      </div>
      <aside className={css.side}>
        <div className={css.actions}>
          <span className="muted" role="status">
            {t(state)}
          </span>
          {check.data && check.data.problems.length > 0 && <span className={css.faulty}>{t('problems', { count: check.data.problems.length })}</span>}
          <Button disabled={!isSound} onClick={() => { setTrying(true); }}>
            {t('tryOut')}
          </Button>
          <Button type="primary" disabled={!isSound || !hasDraft} onClick={ask}>
            {t('publish')}
          </Button>
        </div>
        {save.error && <p className={css.faulty}>{problemOf(save.error)?.message}</p>}
        <Beside definition={definition} catalogue={catalogue} onChange={setDefinition} />
      </aside>
      <Suspense fallback={null}>{isTrying && <TestBench set={set} definition={definition} onClose={() => { setTrying(false); }} />}</Suspense>
    </div>
  );
}

import { Button, InputNumber } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Scorecard, ScorecardCatalogue } from '@/api/types';
import { useType } from '@/features/records/meta';
import { useConfirm } from '@/ui/confirm';
import { Failure, Loading } from '@/ui/faces';
import { useRested } from '@/ui/rested';
import { useToast } from '@/ui/toast';
import { RuleRows } from './RuleRows';
import css from './Scoring.module.css';
import { definitionOf, isSame, type Definition, type Part } from './definition';
import { useCheckScorecard, useDropScorecard, usePublishScorecard, useSaveScorecard } from './scorecards';

const RuleSheet = lazy(() => import('./RuleSheet'));
const PreviewSheet = lazy(() => import('./PreviewSheet'));
const parts: Part[] = ['facts', 'behaviour', 'grades'];

type Opened = { what: 'preview' } | { what: 'rule'; part: Part; place: number } | null;

/** The draft of a scorecard: its rules and grades in words, what is wrong, who would move, and publishing. */
export default function ScorecardEditor({ card, catalogue }: { card: Scorecard; catalogue: ScorecardCatalogue }) {
  const { t } = useTranslation('scoring');
  const say = useToast();
  const confirm = useConfirm();
  const type = useType(card.about);
  const kept = useMemo(() => definitionOf(card), [card]);
  const [definition, setDefinition] = useState<Definition>(kept);
  const [opened, setOpened] = useState<Opened>(null);
  const check = useCheckScorecard(card.key, useRested(definition, 300));
  const save = useSaveScorecard(card.key);
  const drop = useDropScorecard(card.key);
  const publish = usePublishScorecard(card.key);
  const isSaved = isSame(definition, kept);
  const isSound = check.data?.problems.length === 0 && !check.isPlaceholderData;
  const close = () => {
    setOpened(null);
  };
  const refused = (error: unknown) => {
    say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
  };
  const publishNow = async () => {
    if (!isSaved) await save.mutateAsync(definition);
    const after = await publish.mutateAsync();
    say('ok', t('publish.done', { version: after.version }));
  };
  return (
    <div className={css.editor}>
      <div className={css.form}>
        <fieldset className={css.group}>
          <legend>{t('limits')}</legend>
          <div className="row">
            {(['floor', 'ceiling'] as const).map((key) => (
              <label key={key}>
                {t(key)}{' '}
                <InputNumber controls={false}
                  aria-label={t(key)}
                  precision={0}
                  value={definition[key]}
                  onChange={(value) => {
                    setDefinition({ ...definition, [key]: value ?? 0 });
                  }}
                />
              </label>
            ))}
          </div>
        </fieldset>
        {parts.map((part) => (
          <RuleRows
            key={part}
            part={part}
            definition={definition}
            checked={check.data}
            onChange={setDefinition}
            onOpen={(place) => {
              setOpened({ what: 'rule', part, place });
            }}
          />
        ))}
      </div>
      <aside className={css.side}>
        <section className={css.panel} aria-labelledby="state">
          <h2 id="state">{t('state')}</h2>
          {check.data && (
            <p className={check.data.problems.length > 0 ? css.faulty : undefined} role="status">
              {check.data.problems.length > 0 ? t('faults', { count: check.data.problems.length }) : t('sound')}
            </p>
          )}
          {!check.data && (check.error ? <Failure error={check.error} /> : <Loading rows={2} />)}
          <p className="muted">{t(isSaved ? (card.has_draft ? 'saved' : 'unchanged') : 'unsaved')}</p>
          <div className={css.actions}>
            <Button
              loading={save.isPending}
              disabled={isSaved}
              onClick={() => {
                save.mutate(definition, {
                  onSuccess: () => {
                    say('ok', t('draftSaved'));
                  },
                  onError: refused,
                });
              }}
            >
              {t('saveDraft')}
            </Button>
            <Button disabled={!isSound} onClick={() => { setOpened({ what: 'preview' }); }}>
              {t('preview.open')}
            </Button>
            <Button type="primary" loading={publish.isPending} disabled={!isSound || (isSaved && !card.has_draft)} onClick={() => {
                confirm({
                  title: t('publish.title', { version: (card.version ?? 0) + 1 }),
                  text: t('publish.hint'),
                  ok: t('publish.yes'),
                  run: () => publishNow().catch(refused),
                });
              }}>
              {t('publish.yes')}
            </Button>
            {card.has_draft && (
              <Button type="text" danger onClick={() => { drop.mutate(undefined, { onError: refused }); }}>
                {t('dropDraft')}
              </Button>
            )}
          </div>
        </section>
      </aside>
      <Suspense fallback={null}>
        {opened?.what === 'preview' && <PreviewSheet cardKey={card.key} definition={definition} onClose={close} />}
        {opened?.what === 'rule' && (
          <RuleSheet
            part={opened.part}
            place={opened.place}
            definition={definition}
            catalogue={catalogue}
            type={type}
            onClose={close}
            onChange={(next) => {
              setDefinition(next);
              close();
            }}
          />
        )}
      </Suspense>
    </div>
  );
}

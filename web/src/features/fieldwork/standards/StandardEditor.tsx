import { Button, Input, InputNumber, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { useType, useTypes } from '@/features/records/meta';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { draftOf, useDropDraft, usePublish, useRehearsal, useSaveDraft, type Definition, type Standard, type Standards } from './admin';
import { ItemRows } from './ItemRows';
import { Rehearsed } from './Rehearsed';
import css from './standards.module.css';

type Props = { standard: Standard; words: Standards; onClose: () => void };

/** The draft of a standard: written, tried on last month's follow-ups, published. */
export function StandardEditor({ standard, words, onClose }: Props) {
  const { t } = useTranslation('followupStandards');
  const name = useName();
  const say = useToast();
  const types = useTypes();
  const [draft, setDraft] = useState<Definition>(() => draftOf(standard));
  const [problems, setProblems] = useState<string[]>([]);
  const stages = useType(draft.record_type ?? '')?.stages ?? [];
  const rehearsal = useRehearsal(standard.key);
  const save = useSaveDraft(standard);
  const publish = usePublish(standard);
  const drop = useDropDraft(standard);
  const put = (part: Partial<Definition>) => {
    setDraft({ ...draft, ...part });
  };
  const failed = (error: unknown) => {
    const problem = problemOf(error);
    const found = (problem?.problem['problems'] as { code: string; path: string }[] | undefined) ?? [];
    setProblems(found.map((each) => t(`problem.${each.code.replaceAll('.', '_')}`, { defaultValue: `${each.path}: ${each.code}` })));
    say('bad', problem?.status === 412 ? t('changedMeanwhile') : (problem?.message ?? t('failed', { ns: 'ui' })));
  };
  const done = (text: string) => () => {
    say('ok', text);
    onClose();
  };
  const try_ = () => {
    setProblems([]);
    rehearsal.mutate(draft, { onError: failed });
  };
  return (
    <div className={css.editor}>
      <div className={css.columns}>
        {(['zh-CN', 'en-US'] as const).map((language) => (
          <label key={language} className={css.field}>
            <span>{t(`name.${language}`)}</span>
            <Input value={draft.name[language] ?? ''} maxLength={60} onChange={(event) => { put({ name: { ...draft.name, [language]: event.target.value } }); }} />
          </label>
        ))}
      </div>
      <div className={css.columns}>
        <div className={css.field}>
          <span>{t('kinds')}</span>
          <Select mode="multiple" aria-label={t('kinds')} value={draft.kinds} options={words.kinds.map((kind) => ({ value: kind.key, label: name(kind.name) }))} onChange={(kinds) => { put({ kinds }); }} />
        </div>
        <div className={css.field}>
          <span>{t('teams')}</span>
          <Select mode="multiple" aria-label={t('teams')} placeholder={t('everybody')} optionFilterProp="label" value={draft.unit_ids ?? []} options={words.units.map((unit) => ({ value: unit.id, label: unit.name }))} onChange={(ids) => { put({ unit_ids: ids.length ? ids : null }); }} />
        </div>
        <div className={css.field}>
          <span>{t('recordType')}</span>
          <Select aria-label={t('recordType')} value={draft.record_type ?? ''} options={[{ value: '', label: t('any') }, ...words.record_types.map((key) => ({ value: key, label: name(types.find((type) => type.key === key)?.name) || key }))]} onChange={(key) => { put({ record_type: key || null, stages: null }); }} />
        </div>
        {stages.length > 0 && (
          <div className={css.field}>
            <span>{t('stages')}</span>
            <Select mode="multiple" aria-label={t('stages')} placeholder={t('any')} value={draft.stages ?? []} options={stages.map((stage) => ({ value: stage.key, label: name(stage.name) }))} onChange={(keys) => { put({ stages: keys.length ? keys : null }); }} />
          </div>
        )}
      </div>
      <div className={css.needed}>
        <Radio.Group value={draft.at_least ? 'some' : 'all'} onChange={(event) => { put({ at_least: event.target.value === 'all' ? null : 1 }); }}>
          <Radio value="all">{t('needAll')}</Radio>
          <Radio value="some">{t('needSome')}</Radio>
        </Radio.Group>
        {draft.at_least && <InputNumber controls={false} aria-label={t('needSome')} min={1} max={Math.max(draft.items.length, 1)} value={draft.at_least} onChange={(count) => { put({ at_least: count ?? 1 }); }} />}
      </div>
      <ItemRows items={draft.items} words={words} onChange={(items) => { put({ items }); }} />
      {problems.length > 0 && (
        <ul role="alert" className={css.problems}>
          {problems.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {rehearsal.data && <Rehearsed found={rehearsal.data} draft={draft} />}
      <div className={css.actions}>
        <Button onClick={onClose}>{t('cancel', { ns: 'ui' })}</Button>
        {standard.draft && standard.versions.length > 0 && (
          <Button danger onClick={() => { drop.mutate(undefined, { onSuccess: done(t('dropped')), onError: failed }); }}>
            {t('drop')}
          </Button>
        )}
        <Button loading={rehearsal.isPending} onClick={try_}>
          {t('preview')}
        </Button>
        <Button loading={save.isPending} onClick={() => { save.mutate(draft, { onSuccess: done(t('saved')), onError: failed }); }}>
          {t('save')}
        </Button>
        <Button type="primary" loading={publish.isPending} onClick={() => { publish.mutate(draft, { onSuccess: done(t('published')), onError: failed }); }}>
          {t('publish')}
        </Button>
      </div>
    </div>
  );
}

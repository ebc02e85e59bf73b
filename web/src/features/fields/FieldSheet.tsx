import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { FieldRow, TypeMeta } from '@/api/types';
import { useTypes } from '@/features/records/meta';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import { ChoiceRows } from './ChoiceRows';
import css from './FieldsPage.module.css';
import { RoleLimits } from './RoleLimits';
import { useSaveField } from './admin';
import { completeName, draftOf, freeKey, isReady, sentChoices, withChoices, type FieldDraft } from './fieldDraft';

const kinds: FieldDraft['type'][] = [
  'text', 'long_text', 'number', 'money', 'date', 'datetime', 'boolean', 'choice', 'choices', 'person', 'record', 'phone', 'email', 'url', 'credit_code',
];

type Props = { type: TypeMeta; field: FieldRow | null; keys: string[]; onClose: () => void };

/** One field: its names, what it holds, whether it must be filled, and who may see it. */
export default function FieldSheet({ type, field, keys, onClose }: Props) {
  const { t } = useTranslation('fields');
  const name = useName();
  const say = useToast();
  const types = useTypes();
  const save = useSaveField(type.key);
  const [draft, setDraft] = useState(() => ({ ...draftOf(field), section: field?.section ?? type.sections[0]?.key ?? 'basic' }));
  const set = (part: Partial<FieldDraft>) => {
    setDraft({ ...draft, ...part });
  };
  const hasChoices = withChoices.has(draft.type);
  const send = () => {
    const shared = { name: completeName(draft.names), required: draft.required, section: draft.section };
    const choices = hasChoices ? sentChoices(draft, field) : undefined;
    const made = { ...shared, key: freeKey(draft.names, keys, 'field'), type: draft.type, target: draft.target, choices: choices ?? [] };
    save.mutate(field ? { key: field.key, changes: { ...shared, active: draft.active, choices } } : { made }, {
      onSuccess: () => {
        say('ok', t('saved', { ns: 'ui' }));
        onClose();
      },
      onError: (error) => {
        say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
      },
    });
  };
  return (
    <Sheet
      title={field ? name(field.name) : t('admin.add')}
      onClose={onClose}
      footer={
        <div className={css.footer}>
          <Button onClick={onClose}>{t('cancel', { ns: 'ui' })}</Button>
          <Button type="primary" loading={save.isPending} disabled={!isReady(draft)} onClick={send}>
            {t('save', { ns: 'ui' })}
          </Button>
        </div>
      }
    >
      <div className={css.form}>
        {(['zh-CN', 'en-US'] as const).map((language) => (
          <label key={language} className={css.field}>
            {t(`admin.name.${language}`)}
            <Input
              maxLength={60}
              value={draft.names[language]}
              onChange={(event) => {
                set({ names: { ...draft.names, [language]: event.target.value } });
              }}
            />
          </label>
        ))}
        <div className={css.field}>
          {t('admin.type')}
          <Select
            aria-label={t('admin.type')}
            disabled={field !== null}
            value={draft.type}
            options={kinds.map((kind) => ({ value: kind, label: t(`admin.types.${kind}`) }))}
            onChange={(kind) => {
              set({ type: kind });
            }}
          />
        </div>
        {draft.type === 'record' && (
          <div className={css.field}>
            {t('admin.target')}
            <Select
              aria-label={t('admin.target')}
              disabled={field !== null}
              value={draft.target || undefined}
              options={types.map((one) => ({ value: one.key, label: name(one.name) }))}
              onChange={(target) => {
                set({ target });
              }}
            />
          </div>
        )}
        <div className={css.field}>
          {t('admin.section')}
          <Select
            aria-label={t('admin.section')}
            value={draft.section}
            options={sectionOptions(type, draft.section, name, t('otherSection'))}
            onChange={(section) => {
              set({ section });
            }}
          />
        </div>
        <Checkbox checked={draft.required} onChange={(event) => { set({ required: event.target.checked }); }}>
          {t('admin.required')}
        </Checkbox>
        {field && !field.builtin && (
          <Checkbox checked={draft.active} onChange={(event) => { set({ active: event.target.checked }); }}>
            {t('admin.active')}
          </Checkbox>
        )}
        {hasChoices && <ChoiceRows choices={draft.choices} onChange={(choices) => { set({ choices }); }} />}
        {field && <RoleLimits type={type.key} field={field} />}
      </div>
    </Sheet>
  );
}

function sectionOptions(type: TypeMeta, current: string, name: ReturnType<typeof useName>, other: string) {
  const known = type.sections.map((section) => ({ value: section.key, label: name(section.name) }));
  return known.some((one) => one.value === current) || !current ? known : [...known, { value: current, label: other }];
}

import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { NameFields } from './NameFields';
import css from './NodeSheet.module.css';
import { formTypes, ownRules, repeatRules, type Definition, type FormLine, type FormType, type Rules } from './definition';
import { freshKey } from './tree';
import { useOperands } from './vocabulary';

type Props = { definition: Definition; onChange: (change: Partial<Definition>) => void; onClose: () => void };

/** The choices of a line as lines of text: `key = 中文 = English`. */
function choicesText(line: FormLine): string {
  return (line.choices ?? []).map((one) => [one.key, one.name['zh-CN'] ?? '', one.name['en-US'] ?? ''].join(' = ')).join('\n');
}

function choicesOf(text: string): NonNullable<FormLine['choices']> {
  return text
    .split('\n')
    .map((line) => line.split('=').map((part) => part.trim()))
    .filter(([key]) => key)
    .map(([key = '', chinese = key, english = chinese]) => ({ key, name: { 'zh-CN': chinese, 'en-US': english } }));
}

function OwnLine({ line, onChange }: { line: FormLine; onChange: (line: FormLine) => void }) {
  const { t } = useTranslation('approvals');
  return (
    <>
      <NameFields value={line.name ?? {}} onChange={(name) => { onChange({ ...line, name }); }} />
      <div className={css.line}>
        <Select
          aria-label={t('flow.form.type')}
          value={line.type ?? 'text'}
          options={formTypes.map((type) => ({ value: type, label: t(`flow.form.types.${type}`) }))}
          onChange={(type: FormType) => {
            onChange({ ...line, type, choices: type === 'choice' ? (line.choices ?? []) : undefined });
          }}
        />
        <Checkbox checked={line.required ?? false} onChange={(event) => { onChange({ ...line, required: event.target.checked }); }}>
          {t('required', { ns: 'ui' })}
        </Checkbox>
      </div>
      {line.type === 'choice' && (
        <Input.TextArea
          aria-label={t('flow.form.choices')}
          placeholder={t('flow.form.choicesHint')}
          autoSize={{ minRows: 2 }}
          defaultValue={choicesText(line)}
          onBlur={(event) => {
            onChange({ ...line, choices: choicesOf(event.target.value) });
          }}
        />
      )}
    </>
  );
}

function FormLines({ definition, onChange }: Omit<Props, 'onClose'>) {
  const { t } = useTranslation('approvals');
  const name = useName();
  const operands = useOperands().filter((one) => one.key.startsWith('field.'));
  const form = definition.form ?? [];
  const set = (next: FormLine[]) => {
    onChange({ form: next });
  };
  const taken = form.map((line) => line.key);
  return (
    <div className={css.field} role="group" aria-label={t('flow.form.title')}>
      <span>{t('flow.form.title')}</span>
      <p className="muted">{t('flow.form.hint')}</p>
      {form.map((line, index) => (
        <div key={line.key} className={css.block}>
          <div className={css.line}>
            <strong>{line.field ? name(operands.find((one) => one.key === `field.${line.field ?? ''}`)?.name) || line.field : name(line.name) || line.key}</strong>
            <Button
              size="small"
              type="text"
              danger
              icon={<DeleteOutlined />}
              aria-label={t('remove', { ns: 'ui' })}
              onClick={() => {
                set(form.filter((_, at) => at !== index));
              }}
            />
          </div>
          {!line.field && <OwnLine line={line} onChange={(next) => { set(form.map((one, at) => (at === index ? next : one))); }} />}
        </div>
      ))}
      <div className={css.line}>
        {operands.length > 0 && (
          <Select
            aria-label={t('flow.form.addField')}
            placeholder={t('flow.form.addField')}
            value={null}
            showSearch={{ optionFilterProp: 'label' }}
            options={operands
              .filter((one) => !form.some((line) => `field.${line.field ?? ''}` === one.key))
              .map((one) => ({ value: one.key.slice('field.'.length), label: name(one.name) }))}
            onChange={(field: string | null) => {
              if (field) set([...form, { key: taken.includes(field) ? freshKey(taken, field) : field, field }]);
            }}
          />
        )}
        <Button
          type="dashed"
          icon={<PlusOutlined />}
          onClick={() => {
            set([...form, { key: freshKey(taken, 'line'), name: {}, type: 'text' }]);
          }}
        >
          {t('flow.form.addOwn')}
        </Button>
      </div>
    </div>
  );
}

/** What holds for the flow as a whole: its name, its form, and the rules about repeated and own approval. */
export function SettingsSheet({ definition, onChange, onClose }: Props) {
  const { t } = useTranslation('approvals');
  const rules = definition.rules ?? {};
  const rule = (change: Partial<Rules>) => {
    onChange({ rules: { ...rules, ...change } });
  };
  return (
    <Sheet title={t('flow.settings')} onClose={onClose}>
      <div className={css.form}>
        <NameFields value={definition.name} onChange={(name) => { onChange({ name }); }} />
        <FormLines definition={definition} onChange={onChange} />
        <div className={css.field}>
          <span>{t('flow.repeatsTitle')}</span>
          <Select
            aria-label={t('flow.repeatsTitle')}
            value={rules.repeats ?? 'consecutive'}
            options={repeatRules.map((one) => ({ value: one, label: t(`flow.repeats.${one}`) }))}
            onChange={(repeats: Rules['repeats']) => { rule({ repeats }); }}
          />
        </div>
        <div className={css.field}>
          <span>{t('flow.ownTitle')}</span>
          <Select
            aria-label={t('flow.ownTitle')}
            value={rules.own_request ?? 'superior'}
            options={ownRules.map((one) => ({ value: one, label: t(`flow.own.${one}`) }))}
            onChange={(own_request: Rules['own_request']) => { rule({ own_request }); }}
          />
        </div>
        <Checkbox checked={rules.batch ?? false} onChange={(event) => { rule({ batch: event.target.checked }); }}>
          {t('flow.batch')}
        </Checkbox>
      </div>
    </Sheet>
  );
}

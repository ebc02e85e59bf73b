import { Input, Select } from 'antd';
import { useRef, type FocusEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { NurtureCatalogue } from '@/api/types';
import css from '@/features/nurture/Nurture.module.css';
import { useName } from '@/ui/names';
import { inserted, withText, type Definition, type Language, type Text } from './definition';

const OF_FIELDS = 'field.';
type Field = HTMLInputElement | HTMLTextAreaElement;
type Props = { definition: Definition; language: Language; placeholders: NurtureCatalogue['placeholders']; onChange: (definition: Definition) => void };

/** Subject and text in one language; placeholders are put where the cursor stands. */
export function TextFields({ definition, language, placeholders, onChange }: Props) {
  const { t } = useTranslation('nurture');
  const name = useName();
  const last = useRef<{ part: keyof Text; field: Field } | null>(null);
  const text = definition.texts[language] ?? { subject: '', body: '' };
  const remember = (part: keyof Text, event: FocusEvent<Field>) => {
    last.current = { part, field: event.currentTarget };
  };
  const put = (key: string) => {
    const { part, field } = last.current ?? { part: 'body' as const, field: null };
    const before = text[part];
    const after = inserted(before, `{{${key}}}`, field?.selectionStart ?? before.length, field?.selectionEnd ?? before.length);
    onChange(withText(definition, language, { [part]: after.text }));
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(after.cursor, after.cursor);
    });
  };
  return (
    <>
      {definition.channel === 'mail' && (
        <label>
          <span>{t('template.subject')}</span>
          <Input value={text.subject} maxLength={200} onFocus={(event) => { remember('subject', event); }} onChange={(event) => { onChange(withText(definition, language, { subject: event.target.value })); }} />
        </label>
      )}
      <div className={css.field}>
        <span>{t('template.placeholders')}</span>
        <div className={css.chips} role="group" aria-label={t('template.placeholders')}>
          {placeholders.filter((one) => !one.key.startsWith(OF_FIELDS)).map((placeholder) => (
            <button key={placeholder.key} type="button" className={css.chip} onClick={() => { put(placeholder.key); }}>
              {name(placeholder.name)}
            </button>
          ))}
          <Select
            size="small"
            aria-label={t('template.moreFields')}
            placeholder={t('template.moreFields')}
            style={{ minWidth: 140 }}
            showSearch={{ optionFilterProp: 'label' }}
            value={null}
            options={placeholders.filter((one) => one.key.startsWith(OF_FIELDS)).map((one) => ({ value: one.key, label: name(one.name) }))}
            onChange={(key: string | null) => { if (key) put(key); }}
          />
        </div>
      </div>
      <label>
        <span>{t('template.body')}</span>
        <Input.TextArea
          autoSize={{ minRows: definition.channel === 'mail' ? 12 : 5, maxRows: 28 }}
          value={text.body}
          onFocus={(event) => { remember('body', event); }}
          onChange={(event) => { onChange(withText(definition, language, { body: event.target.value })); }}
        />
        <small className="muted">{t(`template.hints.${definition.channel}`)}</small>
      </label>
    </>
  );
}

import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import css from './FieldsPage.module.css';
import type { DraftChoice } from './fieldDraft';

const languages = ['zh-CN', 'en-US'] as const;

/** The choices of a field; one that exists can be renamed, never taken away, for records hold it. */
export function ChoiceRows({ choices, onChange }: { choices: DraftChoice[]; onChange: (choices: DraftChoice[]) => void }) {
  const { t } = useTranslation('fields');
  const put = (place: number, choice: DraftChoice) => {
    onChange(choices.map((one, index) => (index === place ? choice : one)));
  };
  return (
    <fieldset className={css.choices}>
      <legend>{t('admin.choices')}</legend>
      {choices.map((choice, place) => (
        <div key={choice.isNew ? `new-${place}` : choice.key} className={css.choice}>
          {languages.map((language) => (
            <Input
              key={language}
              aria-label={t('admin.choiceName', { place: place + 1, language: t(`admin.language.${language}`) })}
              placeholder={t(`admin.language.${language}`)}
              maxLength={60}
              value={choice.names[language]}
              onChange={(event) => {
                put(place, { ...choice, names: { ...choice.names, [language]: event.target.value } });
              }}
            />
          ))}
          <Button
            type="text"
            aria-label={t('admin.removeChoice', { place: place + 1 })}
            disabled={!choice.isNew}
            icon={<DeleteOutlined />}
            onClick={() => {
              onChange(choices.filter((_one, index) => index !== place));
            }}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined />}
        onClick={() => {
          onChange([...choices, { key: '', names: { 'zh-CN': '', 'en-US': '' }, isNew: true }]);
        }}
      >
        {t('admin.addChoice')}
      </Button>
    </fieldset>
  );
}

import { Button, Checkbox, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import css from './Settings.module.css';
import { freshKey, type Rules } from './definition';

type Release = Rules['release'];

/** The reasons that an owner chooses from, in both languages. */
export function ReasonRows({ value, onChange }: { value: Release; onChange: (value: Release) => void }) {
  const { t } = useTranslation('pool');
  const put = (reasons: Release['reasons']) => {
    onChange({ ...value, reasons });
  };
  return (
    <>
      {value.reasons.map((reason, place) => (
        <div key={reason.key} className={css.reason}>
          {(['zh-CN', 'en-US'] as const).map((language) => (
            <Input
              key={language}
              aria-label={`${t(`settings.name.${language}`)} ${place + 1}`}
              maxLength={60}
              value={reason.name?.[language] ?? ''}
              onChange={(event) => {
                put(value.reasons.map((one, index) => (index === place ? { ...one, name: { ...one.name, [language]: event.target.value } } : one)));
              }}
            />
          ))}
          <Button size="small" type="text" danger aria-label={`${t('settings.remove')} ${place + 1}`} onClick={() => { put(value.reasons.filter((_one, index) => index !== place)); }}>
            {t('settings.remove')}
          </Button>
        </div>
      ))}
      <Button
        onClick={() => {
          put([...value.reasons, { key: freshKey('reason', value.reasons.map((one) => one.key)), name: { 'zh-CN': '', 'en-US': '' } }]);
        }}
      >
        {t('settings.addReason')}
      </Button>
      <Checkbox checked={value.needs_note} onChange={(event) => { onChange({ ...value, needs_note: event.target.checked }); }}>
        {t('settings.needsNote')}
      </Checkbox>
    </>
  );
}

import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Name } from '@/api/types';
import css from './NodeSheet.module.css';

/** A name in both languages. */
export function NameFields({ value, onChange }: { value: Name; onChange: (name: Name) => void }) {
  const { t } = useTranslation('approvals');
  return (
    <div className={css.two}>
      {(['zh-CN', 'en-US'] as const).map((language) => (
        <label key={language} className={css.field}>
          <span>{t(`flow.name.${language}`)}</span>
          <Input
            value={value[language] ?? ''}
            maxLength={60}
            onChange={(event) => {
              onChange({ ...value, [language]: event.target.value });
            }}
          />
        </label>
      ))}
    </div>
  );
}

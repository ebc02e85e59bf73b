import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Name } from '@/api/types';
import css from './Nurture.module.css';

const languages = ['zh-CN', 'en-US'] as const;

/** A short text in both languages. */
export function NamePair({ label, value, onChange, autoFocus }: { label: string; value: Name; onChange: (name: Name) => void; autoFocus?: boolean }) {
  const { t } = useTranslation('nurture');
  return (
    <div className={css.two}>
      {languages.map((language) => (
        <label key={language}>
          <span>{t('inLanguage', { label, language: t(`languages.${language}`) })}</span>
          <Input
            autoFocus={autoFocus && language === 'zh-CN'}
            maxLength={60}
            value={value[language] ?? ''}
            onChange={(event) => { onChange({ ...value, [language]: event.target.value }); }}
          />
        </label>
      ))}
    </div>
  );
}

import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, type Names } from './draft';
import css from './setup.module.css';

type Props = { label: string; names: Names | undefined; most?: number; isLong?: boolean; onChange: (names: Names) => void };

/** A text in Chinese and in English; `label` says what it is of. */
export function NameFields({ label, names, most = 60, isLong = false, onChange }: Props) {
  const { t } = useTranslation('ui');
  const told = { 'zh-CN': '', 'en-US': '', ...names };
  return (
    <div className={css.pair}>
      {LANGUAGES.map((language) => {
        const word = t(`setup.${language}`);
        const shared = { 'aria-label': `${label} ${word}`, placeholder: word, maxLength: most, value: told[language], lang: language };
        return isLong ? (
          <Input.TextArea key={language} {...shared} autoSize={{ minRows: 2, maxRows: 6 }} onChange={(event) => { onChange({ ...told, [language]: event.target.value }); }} />
        ) : (
          <Input key={language} {...shared} onChange={(event) => { onChange({ ...told, [language]: event.target.value }); }} />
        );
      })}
    </div>
  );
}

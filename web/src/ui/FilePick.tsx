import { useTranslation } from 'react-i18next';
import css from './FilePick.module.css';

type Props = {
  label: string;
  names: string[];
  accept?: string;
  multiple?: boolean;
  disabled?: boolean;
  onFiles: (files: File[]) => void;
};

/** Takes files in the product's own words; the browser's own button speaks the browser's language. It sits inside a label. */
export function FilePick({ label, names, accept, multiple, disabled, onFiles }: Props) {
  const { t } = useTranslation('ui');
  return (
    <span className={css.line} aria-disabled={disabled}>
      <span className={css.pick}>{t(multiple ? 'chooseFiles' : 'chooseFile')}</span>
      <input
        type="file"
        className="sr-only"
        aria-label={label}
        accept={accept}
        multiple={multiple}
        disabled={disabled}
        onChange={(event) => {
          const files = Array.from(event.target.files ?? []);
          // Emptied, so that the same file can be chosen again once it was put right.
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
      {names.length > 0 && <span className="muted">{names.join(' · ')}</span>}
    </span>
  );
}

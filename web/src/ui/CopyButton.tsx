import { CopyOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import css from './CopyButton.module.css';
import { useToast } from './toast';

async function copy(text: string): Promise<void> {
  if (window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

/** Puts a text on the clipboard. */
export function CopyButton({ text }: { text: string }) {
  const { t } = useTranslation();
  const say = useToast();
  return (
    <button
      type="button"
      className={css.button}
      aria-label={`${t('copy')} ${text}`}
      title={t('copy')}
      onClick={(event) => {
        event.stopPropagation();
        void copy(text).then(() => {
          say('ok', t('copied'));
        });
      }}
    >
      <CopyOutlined />
    </button>
  );
}

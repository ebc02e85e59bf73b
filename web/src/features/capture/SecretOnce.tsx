import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/ui/CopyButton';
import css from './capture.module.css';

/** A secret that was just made, with the address it belongs to; it is never shown again. */
export function SecretOnce({ secret, address }: { secret: string; address: string }) {
  const { t } = useTranslation('capture');
  return (
    <div className={css.secret} role="status">
      <strong>{t('secret.once')}</strong>
      <div className={css.copied}>
        <code>{secret}</code>
        <CopyButton text={secret} />
      </div>
      <div className={css.copied}>
        <code>{address}</code>
        <CopyButton text={address} />
      </div>
    </div>
  );
}

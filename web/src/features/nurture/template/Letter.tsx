import { useTranslation } from 'react-i18next';
import css from '@/features/nurture/Nurture.module.css';
import type { Channel } from '@/features/nurture/path/definition';

type Props = { channel: Channel; subject: string; html: string | null; text: string; size?: { characters: number; segments: number | null } };

/** A message as its reader sees it: a mail in a frame of its own, a short message or a chat as a bubble. */
export function Letter({ channel, subject, html, text, size }: Props) {
  const { t } = useTranslation('nurture');
  if (channel === 'mail')
    return (
      <div className={css.form}>
        <p className={css.subject}>
          <span className="muted">{t('letter.subject')}</span> <strong>{subject || t('letter.noSubject')}</strong>
        </p>
        {html ? <iframe className={css.mail} title={t('letter.mail')} sandbox="" srcDoc={html} /> : <div className={css.bubble}>{text}</div>}
      </div>
    );
  return (
    <div className={css.phone} role="group" aria-label={t(`letter.${channel}`)}>
      <p className={css.bubble} data-channel={channel}>
        {text || t('letter.nothing')}
      </p>
      {size && <small className="muted">{size.segments === null ? t('letter.characters', { count: size.characters }) : t('letter.size', { count: size.segments, characters: size.characters })}</small>}
    </div>
  );
}

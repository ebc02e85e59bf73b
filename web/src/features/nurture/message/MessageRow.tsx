import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NurtureMessage } from '@/api/types';
import css from '@/features/nurture/Nurture.module.css';
import { kindIcon } from '@/features/nurture/path/kindIcon';
import { recordPath } from '@/features/records/address';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { toneOf } from './tone';

/** How far a message came, in one word with its tone. */
export function MessageState({ message }: { message: NurtureMessage }) {
  const { t } = useTranslation('nurture');
  return (
    <span className={css.pills}>
      <span className={css.pill} data-tone={toneOf(message.state)}>
        {t(`messageState.${message.state}`)}
      </span>
      {message.opened_at && <span className={css.pill} data-tone="ok">{t('figure.opened')}</span>}
      {message.clicked_at && <span className={css.pill} data-tone="ok">{t('figure.clicked')}</span>}
      {message.needs_confirmation && <span className={css.pill} data-tone="warn">{t('message.toConfirm')}</span>}
    </span>
  );
}

/** One message: by what, what, to whom, when, how far. */
export function MessageRow({ message, named, onOpen }: { message: NurtureMessage; named?: boolean; onOpen: () => void }) {
  const name = useName();
  const title = message.subject || message.preview || name(message.template.name);
  return (
    <li>
      {kindIcon(message.channel)}
      <button type="button" className={css.link} onClick={onOpen}>
        {title}
      </button>
      {named && <Link to={`${recordPath(message.record.type, message.record.id)}?tab=nurture`}>{message.record.title}</Link>}
      <span className="grow" />
      <MessageState message={message} />
      <small className="muted">{dateTime(message.sent_at ?? message.next_at ?? message.created_at)}</small>
      {message.reason_text && <small className={message.state === 'skipped' ? css.warn : css.bad}>{message.reason_text}</small>}
    </li>
  );
}

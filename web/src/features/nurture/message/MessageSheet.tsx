import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { NurtureMessageText } from '@/api/types';
import css from '@/features/nurture/Nurture.module.css';
import { useMessage, useResend } from '@/features/nurture/sending';
import { Letter } from '@/features/nurture/template/Letter';
import { useAllowed } from '@/features/identity/session';
import { Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import { MessageState } from './MessageRow';

function Facts({ message }: { message: NurtureMessageText }) {
  const { t } = useTranslation('nurture');
  const name = useName();
  const facts = [
    ['message.to', message.address],
    ['message.template', name(message.template.name)],
    ['message.sentAt', message.sent_at && dateTime(message.sent_at)],
    ['message.openedAt', message.opened_at && dateTime(message.opened_at)],
    ['message.clickedAt', message.clicked_at && dateTime(message.clicked_at)],
    ['message.nextAt', message.next_at && dateTime(message.next_at)],
  ] as const;
  return (
    <dl className={css.figures}>
      {facts.map(([key, value]) =>
        value ? (
          <div key={key}>
            <dt>{t(key)}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

/** One message as it was sent, how far it came, and sending it again. */
export function MessageSheet({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation('nurture');
  const say = useToast();
  const message = useMessage(id);
  const resend = useResend();
  const mayManage = useAllowed('nurture.manage');
  const again = () => {
    resend.mutate(id, {
      onSuccess: () => { say('ok', t('message.resent')); },
      onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
    });
  };
  return (
    <Sheet
      size={640}
      title={message.data?.subject || t('message.title')}
      onClose={onClose}
      footer={
        mayManage && message.data?.can_resend ? (
          <Button type="primary" loading={resend.isPending} onClick={again}>
            {t('message.resend')}
          </Button>
        ) : undefined
      }
    >
      <Faces query={message} rows={8}>
        {(data) => (
          <div className={css.form}>
            <MessageState message={data} />
            {data.reason_text && <p className={css.bad}>{data.reason_text}</p>}
            {data.needs_confirmation && <p className="muted">{t('message.toConfirmHint')}</p>}
            {data.state === 'unknown' && <p className="muted">{t('message.unknownHint')}</p>}
            <Facts message={data} />
            {data.is_covered && <p className="muted">{t('message.covered')}</p>}
            {!data.is_covered && (data.html || data.text) && <Letter channel={data.channel} subject={data.subject} html={data.html} text={data.text} />}
          </div>
        )}
      </Faces>
    </Sheet>
  );
}

import { Button, Switch } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { useConfirm } from '@/ui/confirm';
import { Empty, Faces } from '@/ui/faces';
import { dateTime, listed } from '@/ui/format';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import css from './mails.module.css';
import { planOf, useDropMail, useFigureMails, useKeepMail, type FigureMail } from './mails';

const MailSheet = lazy(() => import('./MailSheet'));

function useRhythmInWords() {
  const { t } = useTranslation('figureMails');
  return ({ rhythm }: FigureMail): string => {
    const hour = `${String(rhythm.hour).padStart(2, '0')}:00`;
    const days = listed((rhythm.weekdays ?? []).map((each) => t(`weekday.${String(each)}`)));
    const told = t(`told.${rhythm.every}`, { hour, days, day: rhythm.month_day });
    return rhythm.workdays_only ? t('toldWorkdays', { told }) : told;
  };
}

function Mail({ mail, onChange }: { mail: FigureMail; onChange: () => void }) {
  const { t } = useTranslation('figureMails');
  const say = useToast();
  const confirm = useConfirm();
  const keep = useKeepMail(mail);
  const drop = useDropMail();
  const inWords = useRhythmInWords();
  const failed = (error: unknown) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); };
  const end = () => {
    confirm({
      title: t(mail.mine ? 'removeAsk' : 'leaveAsk', { name: mail.name }),
      danger: true,
      ok: t(mail.mine ? 'remove' : 'unsubscribe'),
      run: () => drop.mutateAsync(mail).catch(failed),
    });
  };
  return (
    <li className={css.mail}>
      <div className={css.title}>
        <strong>{mail.name}</strong>
        {mail.mine && (
          <Switch
            aria-label={t('activeOf', { name: mail.name })}
            checked={mail.is_active}
            checkedChildren={t('active')}
            unCheckedChildren={t('paused')}
            loading={keep.isPending}
            onChange={(is_active) => { keep.mutate({ ...planOf(mail), is_active }, { onError: failed }); }}
          />
        )}
      </div>
      <p>{inWords(mail)}</p>
      <p className="muted">{mail.mine ? t('toPeople', { people: listed(mail.recipients.map((each) => each.name)) }) : t('from', { name: mail.owner.name })}</p>
      <p className="muted">
        {mail.next_at ? t('next', { at: dateTime(mail.next_at) }) : t('notNext')}
        {mail.last_at && ` · ${t('last', { at: dateTime(mail.last_at) })}`}
      </p>
      <div className={css.acts}>
        {mail.mine && <Button onClick={onChange}>{t('change')}</Button>}
        <Button danger onClick={end}>{t(mail.mine ? 'remove' : 'unsubscribe')}</Button>
      </div>
    </li>
  );
}

/** The mails of figures that one sends or gets: when they come, to whom, changed, stopped, left. */
export default function MailsSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('figureMails');
  const mails = useFigureMails();
  const [changed, setChanged] = useState<FigureMail | null>(null);
  return (
    <Sheet title={t('mails')} onClose={onClose}>
      <Faces query={mails} rows={4} isEmpty={(data) => data.items.length === 0} empty={<Empty title={t('none')} hint={t('noneHint')} />}>
        {(data) => (
          <ul className={css.mails}>
            {data.items.map((mail) => <Mail key={mail.id} mail={mail} onChange={() => { setChanged(mail); }} />)}
          </ul>
        )}
      </Faces>
      <Suspense fallback={null}>{changed && <MailSheet held={changed} about={changed.about} name={changed.name} onClose={() => { setChanged(null); }} />}</Suspense>
    </Sheet>
  );
}

import { Button, Checkbox, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { useMe } from '@/features/identity/session';
import { PeoplePicker } from '@/features/org/PeoplePicker';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import css from './mails.module.css';
import { comes, useKeepMail, type About, type FigureMail, type Rhythm } from './mails';

type Props = { held: FigureMail | null; about: About; name: string; onClose: () => void };

const usual: Rhythm = { every: 'week', hour: 8, weekdays: [1], month_day: 1, workdays_only: true };
const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

/** Which figures go to whom of the company, and when; each reader gets their own. */
export default function MailSheet({ held, about, name: usualName, onClose }: Props) {
  const { t } = useTranslation('figureMails');
  const me = useMe();
  const say = useToast();
  const keep = useKeepMail(held);
  const [name, setName] = useState(held?.name ?? usualName);
  const [people, setPeople] = useState(() => held?.recipients.map((each) => each.id) ?? [me.id]);
  const [rhythm, setRhythm] = useState<Rhythm>(held?.rhythm ?? usual);
  const change = (part: Partial<Rhythm>) => { setRhythm({ ...rhythm, ...part }); };
  const ready = name.trim() !== '' && people.length > 0 && comes(rhythm);
  const send = () => {
    keep.mutate(
      { name: name.trim(), about, recipients: people, rhythm, is_active: held?.is_active ?? true },
      {
        onSuccess: () => {
          say('ok', t('kept'));
          onClose();
        },
        onError: (error) => {
          const problem = problemOf(error);
          say('bad', problem?.errors[0]?.message ?? problem?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  return (
    <Sheet
      title={t(held ? 'change' : 'schedule')}
      onClose={onClose}
      footer={
        <Button type="primary" block loading={keep.isPending} disabled={!ready} onClick={send}>
          {t('keep')}
        </Button>
      }
    >
      <div className={css.form}>
        <label>
          {t('name')}
          <Input value={name} maxLength={100} onChange={(event) => { setName(event.target.value); }} />
        </label>
        <div>
          <span id="figure-mail-to">{t('to')}</span>
          <PeoplePicker value={people} onChange={setPeople} label={t('to')} />
          <small>{t('toHint')}</small>
        </div>
        <div>
          <span>{t('every')}</span>
          <Segmented aria-label={t('every')} block value={rhythm.every} options={(['day', 'week', 'month'] as const).map((value) => ({ value, label: t(`everyOne.${value}`) }))} onChange={(every) => { change({ every }); }} />
        </div>
        {rhythm.every === 'week' && (
          <div>
            <span>{t('weekdays')}</span>
            <Checkbox.Group
              className={css.days}
              aria-label={t('weekdays')}
              value={rhythm.weekdays ?? []}
              options={upTo(1, 7).map((value) => ({ value, label: t(`weekday.${String(value)}`) }))}
              onChange={(weekdays) => { change({ weekdays }); }}
            />
          </div>
        )}
        {rhythm.every === 'month' && (
          <label>
            {t('monthDay')}
            <Select aria-label={t('monthDay')} value={rhythm.month_day ?? 1} options={upTo(1, 28).map((value) => ({ value, label: t('dayOfMonth', { day: value }) }))} onChange={(month_day) => { change({ month_day }); }} />
          </label>
        )}
        <label>
          {t('hour')}
          <Select aria-label={t('hour')} value={rhythm.hour} options={upTo(0, 23).map((value) => ({ value, label: `${String(value).padStart(2, '0')}:00` }))} onChange={(hour) => { change({ hour }); }} />
        </label>
        <Checkbox checked={rhythm.workdays_only ?? false} onChange={(event) => { change({ workdays_only: event.target.checked }); }}>
          {t('workdaysOnly')}
        </Checkbox>
      </div>
    </Sheet>
  );
}

import { Button, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { WeeklyList } from '@/api/types';
import { useAllowed, useMe } from '@/features/identity/session';
import { CalendarAddress } from '@/features/notices/CalendarAddress';
import { Faces } from '@/ui/faces';
import { useToast } from '@/ui/toast';
import css from './agenda.module.css';
import { useSetWeekly, useWeekly } from './agenda';
import { AgendaView } from './AgendaView';

const monday = Date.UTC(2024, 0, 1);

function WeeklyForm({ held }: { held: WeeklyList }) {
  const { t, i18n } = useTranslation('agenda');
  const say = useToast();
  const set = useSetWeekly();
  const [wanted, setWanted] = useState({ ...held, at: held.at.slice(0, 5) });
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' });
  return (
    <form
      className={css.bar}
      onSubmit={(event) => {
        event.preventDefault();
        set.mutate(wanted, {
          onSuccess: () => {
            say('ok', t('weekly.done'));
          },
          onError: (error) => {
            say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
          },
        });
      }}
    >
      <Switch aria-label={t('weekly.on')} checked={wanted.is_on} onChange={(is_on) => { setWanted({ ...wanted, is_on }); }} />
      <Select
        className={css.weekday}
        aria-label={t('weekly.weekday')}
        disabled={!wanted.is_on}
        value={wanted.weekday}
        options={Array.from({ length: 7 }, (_, day) => ({ value: day, label: weekday.format(monday + day * 86_400_000) }))}
        onChange={(day: number) => {
          setWanted({ ...wanted, weekday: day });
        }}
      />
      <input type="time" className={css.time} required aria-label={t('weekly.at')} disabled={!wanted.is_on} value={wanted.at} onChange={(event) => { setWanted({ ...wanted, at: event.target.value }); }} />
      <Button htmlType="submit" loading={set.isPending} disabled={JSON.stringify(wanted) === JSON.stringify({ ...held, at: held.at.slice(0, 5) })}>
        {t('save', { ns: 'ui' })}
      </Button>
    </form>
  );
}

function Weekly() {
  const { t } = useTranslation('agenda');
  const weekly = useWeekly();
  return (
    <section className={css.day} aria-label={t('weekly.title')}>
      <h2>{t('weekly.title')}</h2>
      <p className="muted">{t('weekly.hint')}</p>
      <Faces query={weekly} rows={1}>
        {(held) => <WeeklyForm key={JSON.stringify(held)} held={held} />}
      </Faces>
    </section>
  );
}

/** One's days ahead, the team's for a manager; the address for calendar programs, and the weekly list. */
export default function AgendaPage() {
  const { t } = useTranslation('agenda');
  const me = useMe();
  const mayManage = useAllowed('notices.manage');
  const hasTeam = Object.values(me.can).some((verbs) => !['none', 'self'].includes(verbs['edit'] ?? 'none'));
  return (
    <div className={css.page}>
      <h1>{t('title')}</h1>
      <AgendaView hasTeam={hasTeam} />
      <CalendarAddress />
      {mayManage && <Weekly />}
    </div>
  );
}

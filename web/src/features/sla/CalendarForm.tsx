import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Calendar } from '@/api/types';
import { useUnits } from '@/features/org/admin';
import { treeOptions } from '@/features/org/tree';
import { useToast } from '@/ui/toast';
import css from './Calendar.module.css';
import { WeekEditor } from './WeekEditor';
import { useSaveCalendar } from './calendars';
import { zoneName } from './dayNames';
import { asHours, byWeekday, faultOf } from './week';

const zones = ['Asia/Shanghai', 'Asia/Urumqi', 'Asia/Hong_Kong', 'Asia/Taipei', 'Asia/Singapore', 'Asia/Tokyo', 'Europe/Berlin', 'Europe/London', 'America/New_York', 'America/Los_Angeles', 'UTC'];
const usual = byWeekday([0, 1, 2, 3, 4].flatMap((weekday) => [{ weekday, from: '09:00', to: '12:00' }, { weekday, from: '13:00', to: '18:00' }]));

type Props = { calendar: Calendar | null; onSaved: (id: number) => void };

/** Whose calendar it is, its time zone, its holidays, and the hours of its week. */
export function CalendarForm({ calendar, onSaved }: Props) {
  const { t, i18n } = useTranslation('sla');
  const say = useToast();
  const units = useUnits();
  const save = useSaveCalendar();
  const [names, setNames] = useState({ 'zh-CN': calendar?.name['zh-CN'] ?? '', 'en-US': calendar?.name['en-US'] ?? '' });
  const [unit, setUnit] = useState<number | null>(calendar?.unit_id ?? null);
  const [zone, setZone] = useState(calendar?.time_zone ?? 'Asia/Shanghai');
  const [holidays, setHolidays] = useState<'china' | ''>(calendar?.holidays === '' ? '' : 'china');
  const [week, setWeek] = useState(() => (calendar ? byWeekday(calendar.hours) : usual));
  const isOfCompany = calendar !== null && calendar.unit_id === null;
  const isReady = Boolean(names['zh-CN'].trim() && names['en-US'].trim()) && (isOfCompany || unit !== null) && !week.some((spans) => faultOf(spans));
  const send = () => {
    const form = { name: names, unit_id: unit, time_zone: zone, holidays, hours: asHours(week) };
    save.mutate(calendar ? { id: calendar.id, version: calendar.version, changes: form } : { made: form }, {
      onSuccess: (kept) => {
        say('ok', t('saved', { ns: 'ui' }));
        onSaved(kept.id);
      },
      onError: (error) => {
        say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
      },
    });
  };
  return (
    <div className={css.form}>
      <div className={css.pair}>
        {(['zh-CN', 'en-US'] as const).map((language) => (
          <label key={language}>
            {t(`calendar.name.${language}`)}
            <Input maxLength={60} value={names[language]} onChange={(event) => { setNames({ ...names, [language]: event.target.value }); }} />
          </label>
        ))}
        <div className={css.field}>
          {t('calendar.unit')}
          <Select
            aria-label={t('calendar.unit')}
            disabled={isOfCompany}
            placeholder={t('calendar.chooseUnit')}
            showSearch={{ optionFilterProp: 'label' }}
            value={isOfCompany ? 0 : (unit ?? undefined)}
            options={isOfCompany ? [{ value: 0, label: t('calendar.company') }] : treeOptions(units.data ?? [])}
            onChange={setUnit}
          />
        </div>
        <div className={css.field}>
          {t('calendar.zone')}
          <Select
            aria-label={t('calendar.zone')}
            showSearch={{ optionFilterProp: 'label' }}
            value={zone}
            options={[...new Set([zone, ...zones])].map((key) => ({ value: key, label: zoneName(key, i18n.language) }))}
            onChange={setZone}
          />
        </div>
        <div className={css.field}>
          {t('calendar.holidays')}
          <Select
            aria-label={t('calendar.holidays')}
            value={holidays}
            options={(['china', ''] as const).map((key) => ({ value: key, label: t(`calendar.scheme.${key || 'none'}`) }))}
            onChange={setHolidays}
          />
        </div>
      </div>
      <WeekEditor week={week} onChange={setWeek} />
      <p className="muted">{t('calendar.hint')}</p>
      <div className={css.actions}>
        <Button type="primary" loading={save.isPending} disabled={!isReady} onClick={send}>
          {t('save', { ns: 'ui' })}
        </Button>
      </div>
    </div>
  );
}

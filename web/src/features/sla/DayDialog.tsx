import { Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { CalendarDay } from '@/api/types';
import { useToast } from '@/ui/toast';
import css from './Calendar.module.css';
import { SpanRows } from './WeekEditor';
import { useDropDay, useSetDay } from './calendars';
import { longDay } from './dayNames';
import { faultOf, spansOf, type Span } from './week';

type DayKind = CalendarDay['kind'];
const kinds: DayKind[] = ['work', 'rest', 'holiday', 'make_up', 'half'];
const worked = new Set<DayKind>(['work', 'make_up', 'half']);

/** What one day is: the company's own word goes before the published list. */
export default function DayDialog({ calendar, day, onClose }: { calendar: number; day: CalendarDay; onClose: () => void }) {
  const { t, i18n } = useTranslation('sla');
  const say = useToast();
  const set = useSetDay(calendar);
  const drop = useDropDay(calendar);
  const [kind, setKind] = useState<DayKind>(day.kind);
  const [names, setNames] = useState({ 'zh-CN': day.name['zh-CN'] ?? '', 'en-US': day.name['en-US'] ?? '' });
  const [own, setOwn] = useState(day.is_override && day.hours.length > 0);
  const [spans, setSpans] = useState<Span[]>(() => spansOf(day.hours));
  const done = {
    onSuccess: onClose,
    onError: (error: unknown) => {
      say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
    },
  };
  const name = Object.fromEntries(Object.entries(names).filter(([, text]) => text.trim()));
  const hours = worked.has(kind) && own ? spans : null;
  return (
    <Modal
      open
      title={longDay(day.date, i18n.language)}
      okText={t('save', { ns: 'ui' })}
      cancelText={t('cancel', { ns: 'ui' })}
      confirmLoading={set.isPending || drop.isPending}
      okButtonProps={{ disabled: hours !== null && (hours.length === 0 || faultOf(hours) !== null) }}
      onOk={() => {
        set.mutate({ date: day.date, kind, name, hours }, done);
      }}
      onCancel={onClose}
      width={480}
    >
      <div className={css.form}>
        <Radio.Group
          aria-label={t('calendar.what')}
          value={kind}
          options={kinds.map((key) => ({ value: key, label: t(`calendar.kind.${key}`) }))}
          onChange={(event) => {
            setKind(event.target.value as DayKind);
          }}
        />
        {(['zh-CN', 'en-US'] as const).map((language) => (
          <label key={language}>
            {t(`calendar.name.${language}`)}
            <Input maxLength={60} value={names[language]} onChange={(event) => { setNames({ ...names, [language]: event.target.value }); }} />
          </label>
        ))}
        {worked.has(kind) && (
          <>
            <label className={css.tick}>
              <input type="checkbox" checked={own} onChange={(event) => { setOwn(event.target.checked); }} />
              {t('calendar.ownHours')}
            </label>
            {own && <SpanRows label={day.date} spans={spans} onChange={setSpans} />}
          </>
        )}
        {day.is_override && (
          <button
            type="button"
            className={css.back}
            onClick={() => {
              drop.mutate(day.date, done);
            }}
          >
            {t('calendar.restore')}
          </button>
        )}
      </div>
    </Modal>
  );
}

import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Calendar } from '@/api/types';
import { useAllowed } from '@/features/identity/session';
import { useUnits } from '@/features/org/admin';
import { useAddress } from '@/features/records/address';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import css from './Calendar.module.css';
import { CalendarForm } from './CalendarForm';
import { YearView } from './YearView';
import { useCalendars, useYear } from './calendars';
import { workedDays } from './week';

const DayDialog = lazy(() => import('./DayDialog'));
const kinds = ['work', 'rest', 'holiday', 'make_up', 'half'] as const;

function Year({ calendar, editable }: { calendar: Calendar; editable: boolean }) {
  const { t } = useTranslation('sla');
  const address = useAddress();
  const year = Number(address.get('year')) || new Date().getFullYear();
  const days = useYear(calendar.id, year);
  const [chosen, setChosen] = useState<string | null>(null);
  const go = (to: number) => {
    address.set({ year: String(to) }, true);
  };
  return (
    <section className={css.panel} aria-labelledby="year">
      <div className={css.yearHead}>
        <Button size="small" icon={<LeftOutlined />} aria-label={t('calendar.yearBefore')} onClick={() => { go(year - 1); }} />
        <h2 id="year">{year}</h2>
        <Button size="small" icon={<RightOutlined />} aria-label={t('calendar.yearAfter')} onClick={() => { go(year + 1); }} />
        {days.data && <span className="muted">{t('calendar.worked', { count: workedDays(days.data.days) })}</span>}
        <ul className={css.legend}>
          {kinds.map((kind) => (
            <li key={kind} data-kind={kind}>
              {t(`calendar.kind.${kind}`)}
            </li>
          ))}
        </ul>
      </div>
      {days.data?.is_provisional && (
        <p className={css.provisional} role="note">
          {t('calendar.provisional')}
        </p>
      )}
      <Faces query={days} rows={10}>
        {(data) => {
          const day = data.days.find((one) => one.date === chosen);
          return (
            <>
              <YearView days={data.days} editable={editable} chosen={chosen} onChoose={(one) => { setChosen(one.date); }} />
              <Suspense fallback={null}>
                {day && <DayDialog key={day.date} calendar={calendar.id} day={day} onClose={() => { setChosen(null); }} />}
              </Suspense>
            </>
          );
        }}
      </Faces>
    </section>
  );
}

/** Working calendars: hours of the week, holidays and make-up days, days of one's own. */
export default function CalendarsPage() {
  const { t } = useTranslation('sla');
  const name = useName();
  const address = useAddress();
  const editable = useAllowed('sla.manage');
  const calendars = useCalendars();
  const units = useUnits();
  const asked = address.get('calendar');
  const unitOf = (calendar: Calendar) => (calendar.unit_id === null ? t('calendar.company') : (units.data?.find((unit) => unit.id === calendar.unit_id)?.name ?? ''));
  const choose = (id: string) => {
    address.set({ calendar: id });
  };
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('calendar.title')}</h1>
        {editable && (
          <Button type="primary" onClick={() => { choose('new'); }}>
            {t('calendar.add')}
          </Button>
        )}
      </div>
      <Faces query={calendars}>
        {(list) => {
          const calendar = asked === 'new' ? null : (list.find((one) => String(one.id) === asked) ?? list.find((one) => one.unit_id === null) ?? list[0] ?? null);
          return (
            <div className={css.split}>
              <nav className={css.list} aria-label={t('calendar.title')}>
                {list.map((one) => (
                  <button key={one.id} type="button" aria-current={one.id === calendar?.id ? 'true' : undefined} onClick={() => { choose(String(one.id)); }}>
                    <span>{name(one.name)}</span>
                    <small>{unitOf(one)}</small>
                  </button>
                ))}
              </nav>
              <div className={css.main}>
                {editable && (
                  <details className={css.panel} open={calendar === null}>
                    <summary>{t(calendar ? 'calendar.hours' : 'calendar.add')}</summary>
                    <CalendarForm key={`${calendar?.id ?? 'new'}-${calendar?.version ?? 0}`} calendar={calendar} onSaved={(id) => { choose(String(id)); }} />
                  </details>
                )}
                {calendar && <Year key={calendar.id} calendar={calendar} editable={editable} />}
              </div>
            </div>
          );
        }}
      </Faces>
    </div>
  );
}

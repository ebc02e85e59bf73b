import { useTranslation } from 'react-i18next';
import type { CalendarDay } from '@/api/types';
import { useName } from '@/ui/names';
import css from './Calendar.module.css';
import { longDay, monthName, weekdayName } from './dayNames';
import { monthsOf, type Month } from './week';

type Props = { days: CalendarDay[]; editable: boolean; chosen: string | null; onChoose: (day: CalendarDay) => void };

function DayCell({ day, editable, chosen, onChoose }: { day: CalendarDay } & Omit<Props, 'days'>) {
  const { t, i18n } = useTranslation('sla');
  const name = useName();
  const told = [longDay(day.date, i18n.language), t(`calendar.kind.${day.kind}`), name(day.name), day.is_override ? t('calendar.own') : ''];
  return (
    <button
      type="button"
      className={css.day}
      data-kind={day.kind}
      data-own={day.is_override || undefined}
      aria-pressed={chosen === day.date}
      aria-label={told.filter(Boolean).join(' · ')}
      title={told.filter(Boolean).join(' · ')}
      disabled={!editable}
      onClick={() => {
        onChoose(day);
      }}
    >
      {Number(day.date.slice(8, 10))}
    </button>
  );
}

function MonthTable({ month, ...rest }: { month: Month } & Omit<Props, 'days'>) {
  const { i18n } = useTranslation('sla');
  return (
    <table className={css.month}>
      <caption>{monthName(month.month, i18n.language)}</caption>
      <thead>
        <tr>
          {Array.from({ length: 7 }, (_, weekday) => (
            <th key={weekday} scope="col" abbr={weekdayName(weekday, i18n.language)}>
              {weekdayName(weekday, i18n.language, 'narrow')}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {month.weeks.map((week, row) => (
          <tr key={row}>
            {week.map((day, place) => (
              <td key={day?.date ?? place}>{day && <DayCell day={day} {...rest} />}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A year by months: working days, rest, holidays, make-up days, half days, and what the company set itself. */
export function YearView({ days, ...rest }: Props) {
  return (
    <div className={css.year}>
      {monthsOf(days).map((month) => (
        <MonthTable key={month.month} month={month} {...rest} />
      ))}
    </div>
  );
}

import { describe, expect, it } from 'vitest';
import { comes, fileAt, planOf, type FigureMail } from './mails';

describe('what leaves', () => {
  it('is addressed with what was chosen alone', () => {
    const file = { path: '/api/boards/morning/export', query: { period: 'last_week', unit: null, person: undefined } };
    expect(fileAt(file, 'pdf')).toBe('/api/boards/morning/export?format=pdf&period=last_week');
  });

  it('comes on days of the week only where some are chosen', () => {
    expect(comes({ every: 'week', hour: 8, weekdays: [], month_day: 1, workdays_only: false })).toBe(false);
    expect(comes({ every: 'day', hour: 8, weekdays: [], month_day: 1, workdays_only: false })).toBe(true);
  });

  it('is sent back with its readers by id', () => {
    const mail = { name: '晨会', about: { board: 'morning' }, rhythm: {}, is_active: true, recipients: [{ id: 3, name: '王' }], mine: true };
    expect(planOf(mail as unknown as FigureMail)).toEqual({ name: '晨会', about: { board: 'morning' }, rhythm: {}, is_active: true, recipients: [3] });
  });
});

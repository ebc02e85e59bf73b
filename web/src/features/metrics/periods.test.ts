import { describe, expect, it } from 'vitest';
import { bucket, buckets, daysIn, firstOf, spanOf, today, widened, type Preset } from './periods';
import spans from './spans.json';

const SUNDAY = '2026-11-22';

describe('periods', () => {
  it('know today on the company’s clock', () => {
    expect(today(Date.parse('2026-11-21T16:30:00Z'))).toBe(SUNDAY);
  });

  it('begin weeks on Mondays', () => {
    expect(firstOf(SUNDAY, 'week')).toBe('2026-11-16');
    expect(spanOf('week', SUNDAY)).toEqual({ since: '2026-11-16', until: SUNDAY });
    expect(spanOf('last_week', SUNDAY)).toEqual({ since: '2026-11-09', until: '2026-11-15' });
  });

  it('cross the end of a year', () => {
    expect(spanOf('last_month', '2027-01-05')).toEqual({ since: '2026-12-01', until: '2026-12-31' });
    expect(spanOf('yesterday', '2027-01-01')).toEqual({ since: '2026-12-31', until: '2026-12-31' });
    expect(spanOf('yesterday', '2026-11-23', '2026-11-20')).toEqual({ since: '2026-11-20', until: '2026-11-20' });
    expect(spanOf('quarter', '2026-12-31').since).toBe('2026-10-01');
  });

  it('mean by a preset what the server means by it', () => {
    for (const { preset, today: day, ...span } of spans) expect(spanOf(preset as Preset, day)).toEqual(span);
  });

  it('count both days', () => {
    expect(daysIn(spanOf('days30', SUNDAY))).toBe(30);
  });

  it('look back further only where they are too short', () => {
    expect(widened(spanOf('yesterday', SUNDAY), 14)).toEqual({ since: '2026-11-08', until: '2026-11-21' });
    expect(widened(spanOf('month', SUNDAY), 14)).toEqual(spanOf('month', SUNDAY));
    expect(widened(spanOf('yesterday', SUNDAY), null)).toEqual(spanOf('yesterday', SUNDAY));
  });

  it('cut weeks and months to what was asked for', () => {
    const span = { since: '2026-10-30', until: '2026-11-10' };
    expect(buckets(span, 'week')).toEqual(['2026-10-26', '2026-11-02', '2026-11-09']);
    expect(bucket('2026-10-26', 'week', span)).toEqual({ since: '2026-10-30', until: '2026-11-01' });
    expect(bucket('2026-11-01', 'month', span)).toEqual({ since: '2026-11-01', until: '2026-11-10' });
    expect(buckets({ since: '2026-01-31', until: '2026-03-01' }, 'month')).toEqual(['2026-01-01', '2026-02-01', '2026-03-01']);
  });
});

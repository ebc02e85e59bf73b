import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NurtureReport } from '@/api/types';
import css from '@/features/nurture/Nurture.module.css';
import type { EnrolmentFilter } from '@/features/nurture/enrolments';
import { EnrolmentSheet } from '@/features/nurture/EnrolmentSheet';
import { percent } from '@/features/nurture/shares';
import { number } from '@/ui/format';

const counted = ['started', 'running', 'done', 'left'] as const;

/** How a path went: who is on it, who left and why, who reached which grade; each figure opens its leads. */
export function PathFigures({ path, report }: { path: string; report: NurtureReport }) {
  const { t } = useTranslation('nurture');
  const [opened, setOpened] = useState<{ title: string; filter: EnrolmentFilter } | null>(null);
  const scope: EnrolmentFilter = { path, ...(report.version === null ? {} : { version: report.version }) };
  const figure = (title: string, count: number, filter: EnrolmentFilter, share?: number | null) => (
    <>
      <dt>{title}</dt>
      <dd>
        {count > 0 ? (
          <button type="button" className={css.link} aria-label={`${title} ${number(count)}`} onClick={() => { setOpened({ title, filter: { ...scope, ...filter } }); }}>
            {number(count)}
          </button>
        ) : (
          0
        )}{' '}
        {share !== undefined && <small>{percent(share)}</small>}
      </dd>
    </>
  );
  return (
    <section className={css.card} aria-label={t('report.title')}>
      <h2>{report.version === null ? t('report.title') : t('report.ofVersion', { version: report.version })}</h2>
      <dl className={css.figures}>
        {counted.map((state) => (
          <div key={state}>{figure(t(`report.${state}`), report[state], state === 'started' ? {} : { state })}</div>
        ))}
        {report.grades.map((grade) => (
          <div key={grade.key}>{figure(t('report.became', { grade: grade.name }), grade.count, { grade: grade.key }, grade.share)}</div>
        ))}
      </dl>
      {report.reasons.length > 0 && (
        <>
          <h3>{t('report.whyLeft')}</h3>
          <ul className={css.rows}>
            {report.reasons.map((reason) => (
              <li key={reason.key}>
                <span className="grow">{reason.name}</span>
                <button type="button" className={css.link} aria-label={`${reason.name} ${number(reason.count)} · ${percent(reason.share)}`} onClick={() => { setOpened({ title: reason.name, filter: { ...scope, state: 'left', reason: reason.key } }); }}>
                  {number(reason.count)} · {percent(reason.share)}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {opened && <EnrolmentSheet title={opened.title} filter={opened.filter} onClose={() => { setOpened(null); }} />}
    </section>
  );
}

import { useTranslation } from 'react-i18next';
import type { Case } from '@/api/types';
import { Avatar } from '@/ui/Avatar';
import { dateTime } from '@/ui/format';
import css from './CasePath.module.css';

type Step = Case['steps'][number];

/** A paper clip; the icon library would be half of a phone's first load. */
function Clip() {
  return (
    <svg width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden="true">
      <path d="M13.5 7.2 8 12.7a3.3 3.3 0 0 1-4.7-4.7l5.8-5.8a2.2 2.2 0 0 1 3.1 3.1l-5.7 5.7a1.1 1.1 0 0 1-1.6-1.6l5.2-5.2" strokeLinecap="round" />
    </svg>
  );
}

/** The documents beside what somebody said; whoever sees the case may open them. */
export function SaidFiles({ files, label }: { files: Step['files']; label?: string }) {
  if (files.length === 0) return null;
  return (
    <ul className={css.files} aria-label={label}>
      {files.map((file) => (
        <li key={file.id}>
          <a href={file.url} target="_blank" rel="noreferrer">
            <Clip /> <span>{file.name}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** What was done with a case besides answering: urged, taken over, sent again, withdrawn. */
export function CaseSteps({ steps }: { steps: Step[] }) {
  const { t } = useTranslation('approvals');
  if (steps.length === 0) return null;
  return (
    <>
      <h3>{t('case.steps')}</h3>
      <ul aria-label={t('case.steps')}>
        {steps.map((step) => (
          <li key={`${step.kind}-${step.at}`} className={css.ask}>
            <div className={css.line}>
              <Avatar name={step.person.name} size={22} />
              <strong>{step.person.name}</strong>
              <span className={css.said}>{t(`case.step.${step.kind}`)}</span>
            </div>
            <div className={css.times}>{dateTime(step.at)}</div>
            {step.comment && <blockquote className={css.comment}>{step.comment}</blockquote>}
            <SaidFiles files={step.files} />
          </li>
        ))}
      </ul>
    </>
  );
}

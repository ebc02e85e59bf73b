import { useTranslation } from 'react-i18next';
import type { Case } from '@/api/types';
import { Avatar } from '@/ui/Avatar';
import { dateTime } from '@/ui/format';
import css from './CasePath.module.css';

type Step = Case['steps'][number];

/** The documents beside what somebody said; whoever sees the case may open them. */
export function SaidFiles({ files }: { files: Step['files'] }) {
  if (files.length === 0) return null;
  return (
    <ul className={css.files}>
      {files.map((file) => (
        <li key={file.id}>
          <a href={file.url}>{file.name}</a>
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

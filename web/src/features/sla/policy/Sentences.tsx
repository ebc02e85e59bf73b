import { useTranslation } from 'react-i18next';
import type { PolicyChecked } from '@/api/types';
import css from './Policy.module.css';

/** A policy in words, or what must be mended before it can be said. */
export function Sentences({ checked }: { checked: PolicyChecked }) {
  const { t } = useTranslation('sla');
  if (checked.problems.length > 0) {
    return (
      <div role="alert">
        <p className={css.faulty}>{t('policy.problems', { count: checked.problems.length })}</p>
        <ul className={css.problems}>
          {checked.problems.map((problem) => (
            <li key={`${problem.code}${problem.path}`}>
              {problem.message} <code>{problem.path}</code>
            </li>
          ))}
        </ul>
      </div>
    );
  }
  return (
    <ol className={css.sentences}>
      {checked.sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ol>
  );
}

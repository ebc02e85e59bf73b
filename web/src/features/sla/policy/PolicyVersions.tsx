import { useTranslation } from 'react-i18next';
import type { Policy, PolicyVersion } from '@/api/types';
import { dateTime } from '@/ui/format';
import css from './Policy.module.css';

function Said({ label, sentences, others, mark }: { label: string; sentences: string[]; others: string[]; mark: 'went' | 'came' }) {
  const { t } = useTranslation('sla');
  return (
    <section aria-label={label}>
      <h3>{label}</h3>
      <ol className={css.sentences}>
        {sentences.map((sentence) => (
          <li key={sentence}>
            {sentence} {!others.includes(sentence) && <small className={css[mark]}>{t(`policy.change.${mark}`)}</small>}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What an earlier version said beside what the current one says. */
function Beside({ version, current }: { version: PolicyVersion; current: PolicyVersion | undefined }) {
  const { t } = useTranslation('sla');
  const now = current?.sentences ?? [];
  return (
    <div className={css.beside}>
      <Said label={t('policy.version', { version: version.number })} sentences={version.sentences} others={now} mark="went" />
      {current && <Said label={`${t('policy.version', { version: current.number })} · ${t('policy.current')}`} sentences={now} others={version.sentences} mark="came" />}
    </div>
  );
}

/** The published versions of a policy; an earlier one opens beside the current one. */
export function PolicyVersions({ policy }: { policy: Policy }) {
  const { t } = useTranslation('sla');
  const current = policy.versions.find((version) => version.is_current);
  if (policy.versions.length === 0) return null;
  return (
    <section className={css.panel} aria-labelledby="versions">
      <h2 id="versions">{t('policy.versions')}</h2>
      <ol className={css.versions}>
        {policy.versions.map((version) => {
          const head = (
            <>
              <strong>{t('policy.version', { version: version.number })}</strong>
              {version.is_current && <span className={css.current}>{t('policy.current')}</span>}
              <span className="muted">
                {dateTime(version.published_at)} {version.published_by}
              </span>
            </>
          );
          return version.is_current ? (
            <li key={version.number}>{head}</li>
          ) : (
            <li key={version.number}>
              <details>
                <summary>{head}</summary>
                <Beside version={version} current={current} />
              </details>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PolicyRow } from '@/api/types';
import { useAllowed, useMe } from '@/features/identity/session';
import { useTypes } from '@/features/records/meta';
import { Empty, Faces } from '@/ui/faces';
import { withWords } from '@/ui/i18n';
import { useName } from '@/ui/names';
import css from './Policy.module.css';
import { usePolicies } from './policies';

const DealNorms = lazy(() => withWords('supervision', import('./DealNorms')));
const NewPolicyDialog = lazy(() => import('./NewPolicyDialog'));
const others = ['approval_ask', 'approval_case', 'exception', 'support_case', 'task'] as const;

function Card({ policy }: { policy: PolicyRow }) {
  const { t } = useTranslation('sla');
  const name = useName();
  return (
    <article className={css.card} data-off={!policy.is_active || undefined}>
      <header className={css.cardHead}>
        <h3>
          <Link to={`/admin/policies/${policy.key}`}>{name(policy.name)}</Link>
        </h3>
        {policy.has_draft && <span className={css.draft}>{t('policy.draft')}</span>}
        {!policy.is_active && <span className={css.draft}>{t('policy.off')}</span>}
        <span className="muted">{policy.version ? t('policy.version', { version: policy.version }) : t('policy.neverPublished')}</span>
      </header>
      <ol className={css.sentences}>
        {policy.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
    </article>
  );
}

/** Every policy in words, by what its clocks are about. */
export default function PoliciesPage() {
  const { t } = useTranslation('sla');
  const name = useName();
  const types = useTypes();
  const editable = useAllowed('sla.manage');
  const policies = usePolicies();
  const seesDeals = (useMe().can['deal']?.read ?? 'none') !== 'none';
  const [making, setMaking] = useState(false);
  const aboutName = (key: string) => {
    const other = others.find((one) => one === key);
    return other ? t(`policy.about.${other}`) : name(types.find((type) => type.key === key)?.name) || t('policy.about.other');
  };
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('policy.title')}</h1>
        {editable && (
          <Button type="primary" onClick={() => { setMaking(true); }}>
            {t('policy.add')}
          </Button>
        )}
      </div>
      <Faces query={policies} rows={10} isEmpty={(list) => list.length === 0} empty={<Empty title={t('policy.none')} hint={t('policy.noneHint')} />}>
        {(list) =>
          [...new Set(list.map((policy) => policy.about))].map((about) => (
            <section key={about} aria-labelledby={`about-${about}`}>
              <h2 id={`about-${about}`} className={css.about}>
                {aboutName(about)}
              </h2>
              <div className={css.cards}>
                {list
                  .filter((policy) => policy.about === about)
                  .map((policy) => (
                    <Card key={policy.key} policy={policy} />
                  ))}
              </div>
            </section>
          ))
        }
      </Faces>
      <Suspense fallback={null}>{seesDeals && <DealNorms />}</Suspense>
      <Suspense fallback={null}>{making && <NewPolicyDialog aboutName={aboutName} onClose={() => { setMaking(false); }} />}</Suspense>
    </div>
  );
}

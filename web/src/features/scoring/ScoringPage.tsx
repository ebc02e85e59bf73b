import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scorecard } from '@/api/types';
import { useAllowed } from '@/features/identity/session';
import { useAddress } from '@/features/records/address';
import { fieldOf, useType } from '@/features/records/meta';
import { Empty, Faces, Loading } from '@/ui/faces';
import { dateTime, number } from '@/ui/format';
import { useName } from '@/ui/names';
import { Tabs } from '@/ui/Tabs';
import css from './Scoring.module.css';
import { useScorecard, useScorecardCatalogue, useScorecards } from './scorecards';

const ScorecardEditor = lazy(() => import('./ScorecardEditor'));
const LearnedPanel = lazy(() => import('./LearnedPanel'));
const tabs = ['rules', 'versions', 'learned'] as const;

function Versions({ card }: { card: Scorecard }) {
  const { t } = useTranslation('scoring');
  return (
    <ol className={css.versions}>
      {card.versions.map((version) => (
        <li key={version.number}>
          <strong>{t('version', { version: version.number })}</strong>
          {version.is_current && <span className={css.current}>{t('current')}</span>}
          <span className="muted">
            {dateTime(version.published_at)} {version.published_by}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Says({ card }: { card: Scorecard }) {
  const { t } = useTranslation('scoring');
  return (
    <section className={css.panel} aria-label={t('says')}>
      <ul className={css.sentences}>
        {Object.entries(card.sentences).map(([key, sentence]) => (
          <li key={key}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}

function Whole({ card }: { card: Scorecard }) {
  const { t } = useTranslation('scoring');
  const name = useName();
  const editable = useAllowed('scoring.manage');
  const address = useAddress();
  const wanted = address.get('tab');
  const tab = tabs.find((one) => one === wanted) ?? 'rules';
  const catalogue = useScorecardCatalogue(card.key, editable);
  const choices = fieldOf(useType(card.about), 'grade')?.choices ?? [];
  const gradeName = (key: string) => name(choices.find((choice) => choice.key === key)?.name) || key;
  const place = (key: string | null) => choices.findIndex((choice) => choice.key === key);
  const shares = [...card.grades].sort((one, other) => place(one.grade) - place(other.grade));
  return (
    <>
      <header className={css.head}>
        <h1>{name(card.name)}</h1>
        {card.has_draft && <span className={css.draft}>{t('draft')}</span>}
        <span className="muted">{card.version ? t('version', { version: card.version }) : t('never')}</span>
      </header>
      <dl className={css.figures} aria-label={t('shares')}>
        {shares.map((share) => (
          <div key={share.grade ?? ''}>
            <dt>{share.grade ? gradeName(share.grade) : t('why.noGrade')}</dt>
            <dd className="num">
              {number(share.count)} <small className="muted">{t('mean', { mean: share.mean })}</small>
            </dd>
          </div>
        ))}
      </dl>
      <Tabs
        label={name(card.name)}
        tabs={tabs.filter((key) => key !== 'learned' || editable).map((key) => ({ key, label: t(`tabs.${key}`) }))}
        value={tab}
        onChange={(key) => {
          address.set({ tab: key });
        }}
      />
      {tab === 'versions' && <Versions card={card} />}
      <Suspense fallback={<Loading rows={8} />}>
        {tab === 'learned' && editable && <LearnedPanel cardKey={card.key} />}
        {tab === 'rules' && !editable && <Says card={card} />}
        {tab === 'rules' && editable && (
          <Faces query={catalogue} rows={8}>
            {(words) => <ScorecardEditor key={`${card.key}-${card.version ?? 0}-${String(card.has_draft)}`} card={card} catalogue={words} />}
          </Faces>
        )}
      </Suspense>
    </>
  );
}

function One({ cardKey }: { cardKey: string }) {
  const card = useScorecard(cardKey);
  return (
    <Faces query={card} rows={12}>
      {(data) => <Whole card={data} />}
    </Faces>
  );
}

/** The rules by which records are scored and graded. */
export default function ScoringPage() {
  const { t } = useTranslation('scoring');
  const cards = useScorecards();
  return (
    <div className={css.page}>
      <Faces query={cards} rows={12} isEmpty={(list) => list.length === 0} empty={<Empty title={t('none')} hint={t('noneHint')} />}>
        {(list) => (
          <>
            {list.map((card) => (
              <One key={card.key} cardKey={card.key} />
            ))}
          </>
        )}
      </Faces>
    </div>
  );
}

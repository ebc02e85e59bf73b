import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { LearnedScore, Score, ScorePart } from '@/api/types';
import { Empty, Faces } from '@/ui/faces';
import { ago, dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { GradeMark } from './ScoreBadge';
import css from './RecordScore.module.css';
import { useScore } from './scorecards';

function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points);
}

function Part({ part, most }: { part: ScorePart; most: number }) {
  const name = useName();
  return (
    <li className={css.part}>
      <span className={css.points} data-tone={part.points < 0 ? 'bad' : 'ok'}>
        {signed(part.points)}
      </span>
      <div className="grow">
        <div className={css.partName}>{name(part.name)}</div>
        <div className="muted">{part.sentence}</div>
        {part.why && <div className={css.why}>{part.why}</div>}
        <span className={css.weight} aria-hidden="true">
          <span data-tone={part.points < 0 ? 'bad' : 'ok'} style={{ width: `${Math.round((Math.abs(part.points) / most) * 100)}%` }} />
        </span>
      </div>
    </li>
  );
}

function Learned({ learned }: { learned: LearnedScore }) {
  const { t } = useTranslation('scoring');
  return (
    <section className={css.learned} aria-labelledby="learned-score">
      <h3 id="learned-score">{t('why.learned')}</h3>
      <p>
        <strong className="num">{Math.round(learned.probability * 100)} %</strong>{' '}
        <span className="muted">{t('why.learnedBy', { outcome: learned.outcome, model: learned.model, at: dateTime(learned.trained_at) })}</span>
      </p>
      <ul className={css.weights}>
        {learned.parts.map((part) => (
          <li key={part.name} data-tone={part.weight < 0 ? 'bad' : 'ok'}>
            {part.name}
            {part.value && `：${part.value}`}
            <span className="num">{part.weight < 0 ? '−' : '+'}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Whole({ score }: { score: Score }) {
  const { t } = useTranslation('scoring');
  const name = useName();
  const most = Math.max(1, ...score.parts.map((part) => Math.abs(part.points)));
  return (
    <div className={css.whole}>
      <header className={css.head}>
        <div className={css.number}>
          <strong className="num">{score.score}</strong>
          <span className="muted">{t('why.of', { ceiling: score.ceiling })}</span>
        </div>
        <div className="grow">
          {score.grade ? <GradeMark grade={score.grade} text={name(score.grade_name)} /> : <span className="muted">{t('why.noGrade')}</span>}
          {score.grade_sentence && (
            <p>
              {t('why.because')} {score.grade_sentence}
            </p>
          )}
          {score.next_grade && (
            <p className="muted">
              {t('why.next')} {score.next_grade}
            </p>
          )}
          <p className="muted" title={dateTime(score.scored_at)}>
            {t('why.version', { version: score.version, ago: ago(score.scored_at) })}
          </p>
        </div>
      </header>
      {score.parts.length === 0 ? (
        <Empty title={t('why.nothing')} hint={t('why.nothingHint')} />
      ) : (
        <ol className={css.parts} aria-label={t('why.parts')}>
          {score.parts.map((part) => (
            <Part key={part.rule} part={part} most={most} />
          ))}
        </ol>
      )}
      {score.learned && <Learned learned={score.learned} />}
    </div>
  );
}

/** Why a record has its score and its grade: every part in words, by which version of the rules. */
export function RecordScore({ type, id }: { type: string; id: number }) {
  const { t } = useTranslation('scoring');
  const score = useScore(type, id);
  if (problemOf(score.error)?.problem.code === 'record_not_scored') return <Empty title={t('why.none')} hint={t('why.noneHint')} />;
  return (
    <Faces query={score} rows={6}>
      {(data) => <Whole score={data} />}
    </Faces>
  );
}

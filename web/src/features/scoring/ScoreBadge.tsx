import type { RecordItem, TypeMeta } from '@/api/types';
import { fieldText } from '@/features/fields/display';
import { fieldOf } from '@/features/records/meta';
import css from './ScoreBadge.module.css';

/** Whether records of a type are scored. */
export function isScored(type: TypeMeta): boolean {
  return fieldOf(type, 'score') !== undefined && fieldOf(type, 'grade') !== undefined;
}

function level(score: number): string {
  return score >= 60 ? 'high' : score >= 30 ? 'middle' : 'low';
}

/** A score as a number with a bar of its height; nothing where a record has none. */
export function ScoreMark({ score }: { score: unknown }) {
  if (typeof score !== 'number') return <span className="muted">–</span>;
  return (
    <span className={css.score} data-level={level(score)}>
      <span className={css.bar} aria-hidden="true">
        <span style={{ width: `${Math.max(0, Math.min(100, score))}%` }} />
      </span>
      <span className="num">{score}</span>
    </span>
  );
}

export function GradeMark({ grade, text }: { grade: unknown; text: string }) {
  if (!text) return <span className="muted">–</span>;
  return (
    <span className={css.grade} data-grade={String(grade)}>
      {text}
    </span>
  );
}

/** Score and grade of a record side by side, where its type has them and the viewer sees them. */
export function ScoreBadge({ type, record, language }: { type: TypeMeta; record: RecordItem; language: string }) {
  const grade = fieldOf(type, 'grade');
  const score = record.values['score'];
  if (!grade || typeof score !== 'number') return null;
  return (
    <span className={css.pair}>
      <ScoreMark score={score} />
      {Boolean(record.values['grade']) && <GradeMark grade={record.values['grade']} text={fieldText(grade, record, language, { yes: '', no: '' })} />}
    </span>
  );
}

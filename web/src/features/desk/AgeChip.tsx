import { useTranslation } from 'react-i18next';
import type { RecordItem, StageMeta } from '@/api/types';
import css from './AgeChip.module.css';
import { ageOf } from './age';

/** The days a record has stood in its stage, coloured against what is expected there. */
export function AgeChip({ record, stage }: { record: RecordItem; stage: StageMeta | undefined }) {
  const { t } = useTranslation('desk');
  if (record.days_in_stage === null) return null;
  const days = Math.floor(record.days_in_stage);
  const expected = stage?.expected_days;
  return (
    <span
      className={css.chip}
      data-age={ageOf(record, stage)}
      title={expected ? t('ageHint', { days, expected }) : undefined}
    >
      {t('days', { ns: 'ui', count: days })}
    </span>
  );
}

import { CheckOutlined } from '@ant-design/icons';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordDetail, TypeMeta } from '@/api/types';
import { stageOf } from '@/features/records/meta';
import { useName } from '@/ui/names';
import css from './PathHeader.module.css';

type Props = { record: RecordDetail; type: TypeMeta; onMove: (toStage: string) => void };

/** The stages as chevrons; one that can be moved to is a button. */
export function PathHeader({ record, type, onMove }: Props) {
  const { t } = useTranslation('process');
  const name = useName();
  const current = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const step = current.current;
    const list = step?.parentElement;
    if (step && list) list.scrollLeft = step.offsetLeft - list.clientWidth / 2 + step.clientWidth / 2;
  }, [record.stage]);
  const shown = record.path.filter((step) => {
    const kind = stageOf(type, step.stage)?.kind;
    return step.state === 'current' || kind === 'open' || kind === 'won';
  });
  return (
    <ol className={css.path} aria-label={t('path')}>
      {shown.map((step) => {
        const stage = stageOf(type, step.stage);
        const move = record.can.move && record.moves.find((one) => one.to_stage === step.stage);
        const label = stage ? name(stage.name) : step.stage;
        const over = stage?.expected_days !== null && (step.days ?? 0) > (stage?.expected_days ?? Infinity);
        const inside = (
          <>
            {step.state === 'done' && <CheckOutlined aria-hidden className={css.tick} />}
            <span className={css.name}>{label}</span>
            {step.days !== null && (
              <span className={css.days} data-over={(step.state === 'current' && over) || undefined}>
                {t('days', { ns: 'ui', count: Math.floor(step.days) })}
              </span>
            )}
          </>
        );
        return (
          <li
            key={step.stage}
            ref={step.state === 'current' ? current : undefined}
            className={css.step}
            data-state={step.state}
            data-kind={stage?.kind}
            aria-current={step.state === 'current' ? 'step' : undefined}
          >
            {move ? (
              <button
                type="button"
                className={css.inside}
                title={t('moveTo', { stage: label })}
                onClick={() => {
                  onMove(step.stage);
                }}
              >
                {inside}
              </button>
            ) : (
              <div className={css.inside}>{inside}</div>
            )}
          </li>
        );
      })}
    </ol>
  );
}

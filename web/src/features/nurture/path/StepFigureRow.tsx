import { useTranslation } from 'react-i18next';
import { number } from '@/ui/format';
import { percent } from '@/features/nurture/shares';
import { useEditing, type Figure } from './editing';
import css from './Flow.module.css';

const always = ['reached', 'sent'] as const;
const whenAny = ['waiting', 'unknown', 'dead'] as const;

/** How many came to a step and what became of what it sent; each figure opens down. */
export function StepFigureRow({ of }: { of: string }) {
  const { t } = useTranslation('nurture');
  const { figures, onFigure } = useEditing();
  const found = figures.get(of);
  if (!found) return null;
  const isSend = found.kind === 'send';
  const shown: { what: Figure['what']; count: number; share?: number | null; reason?: string; label?: string; tone?: string }[] = [
    ...always.filter((what) => what === 'reached' || isSend).map((what) => ({ what, count: found[what] })),
    ...(isSend
      ? [
          { what: 'opened' as const, count: found.opened, share: found.open_share },
          { what: 'clicked' as const, count: found.clicked, share: found.click_share },
        ]
      : []),
    ...whenAny.filter((what) => found[what] > 0).map((what) => ({ what, count: found[what], tone: what === 'waiting' ? undefined : 'bad' })),
    ...found.skips.map((skip) => ({ what: 'skipped' as const, count: skip.count, reason: skip.reason, label: t('figure.skippedFor', { why: skip.name }), tone: 'warn' })),
  ];
  return (
    <ul className={css.figures}>
      {shown.map((one) => {
        const label = one.label ?? t(`figure.${one.what}`);
        const count = `${number(one.count)}${one.share === undefined || one.share === null ? '' : ` · ${percent(one.share)}`}`;
        return (
          <li key={`${one.what}${one.reason ?? ''}`} data-tone={one.tone}>
            {label}{' '}
            {onFigure && one.count > 0 ? (
              <button type="button" className="num" onClick={() => { onFigure({ step: of, what: one.what, reason: one.reason, title: label }); }}>
                <span className="sr-only">{label} </span>
                {count}
              </button>
            ) : (
              <span className="num">{count}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

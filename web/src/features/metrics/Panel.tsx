import { InfoCircleOutlined, LineChartOutlined } from '@ant-design/icons';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MetricFigures } from '@/api/types';
import { date, dateTime } from '@/ui/format';
import css from './metrics.module.css';
import type { Width } from './rows';

type Told = Pick<MetricFigures, 'as_of' | 'corrected'> & Partial<Pick<MetricFigures, 'is_now' | 'since' | 'until'>>;

/** Until when the figures are complete, and what was last set right by hand. */
export function Footing({ figures, withSpan = true }: { figures: Told; withSpan?: boolean }) {
  const { t } = useTranslation('metrics');
  const { as_of, corrected, is_now, since, until } = figures;
  const days = since && until && (since === until ? date(since) : t('span', { since: date(since), until: date(until) }));
  return (
    <footer className={css.footing}>
      {withSpan && days && <span>{is_now ? t('nowOnly') : days}</span>}
      <span>{as_of ? t('asOf', { at: dateTime(as_of) }) : t('counting')}</span>
      <span>
        {corrected
          ? t(corrected.reason ? 'correctedWhy' : 'corrected', { at: dateTime(corrected.at), by: corrected.by ?? t('system'), what: corrected.what, reason: corrected.reason })
          : t('neverCorrected')}
      </span>
    </footer>
  );
}

type Props = { title: string; onDefine?: () => void; children: ReactNode; width?: Width; explore?: string };

/** A framed part of a board with its title and the way to what is measured. */
export function Panel({ title, onDefine, children, width = 'third', explore }: Props) {
  const { t } = useTranslation('metrics');
  const id = useId();
  return (
    <section className={css.panel} aria-labelledby={id} data-width={width}>
      <header className={css.title}>
        <h2 id={id}>{title}</h2>
        {explore && (
          <Link to={explore} className={css.define} aria-label={t('exploreOf', { name: title })}>
            <LineChartOutlined aria-hidden /> {t('explore')}
          </Link>
        )}
        {onDefine && (
          <button type="button" className={`plain ${css.define ?? ''}`} aria-label={t('defineOf', { name: title })} onClick={onDefine}>
            <InfoCircleOutlined aria-hidden /> {t('define')}
          </button>
        )}
      </header>
      {children}
    </section>
  );
}

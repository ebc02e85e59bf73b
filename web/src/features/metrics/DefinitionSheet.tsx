import { useTranslation } from 'react-i18next';
import type { Metric } from '@/api/types';
import { Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { useVersions } from './figures';
import css from './metrics.module.css';
import { inWords, moreIsBetter } from './told';

/** Everything that can be said about a metric: its parts, source, exclusions, thresholds, and how it changed. */
export default function DefinitionSheet({ metric, onClose }: { metric: Metric; onClose: () => void }) {
  const { t } = useTranslation('metrics');
  const name = useName();
  const versions = useVersions(metric.key);
  const { threshold } = metric;
  const limit = (value: number, above: boolean) => t(above ? 'atLeast' : 'atMost', { value: inWords(metric, value) });
  const beyond = (value: number, above: boolean) => t(above ? 'lessThan' : 'moreThan', { value: inWords(metric, value) });
  const more = moreIsBetter(metric) !== false;
  return (
    <Sheet size={600} title={t('defineOf', { name: name(metric.name) })} onClose={onClose}>
      <div className={css.sheet}>
        <dl className={css.facts}>
          <dt>{t('definition.how')}</dt>
          <dd>{t(`format.${metric.format}`)}</dd>
          <dt>{t(metric.denominator ? 'definition.numerator' : 'definition.counted')}</dt>
          <dd>{name(metric.numerator)}</dd>
          {metric.denominator && (
            <>
              <dt>{t('definition.denominator')}</dt>
              <dd>{name(metric.denominator)}</dd>
            </>
          )}
          <dt>{t('definition.source')}</dt>
          <dd>{name(metric.source)}</dd>
          <dt>{t('definition.exclusions')}</dt>
          <dd>{name(metric.exclusions)}</dd>
          <dt>{t('definition.thresholds')}</dt>
          <dd>
            {threshold ? (
              <>
                <span className={css.verdict} data-level="good">
                  ✓ {t('level.good')} {limit(threshold.good, more)}
                </span>{' '}
                <span className={css.verdict} data-level="bad">
                  ✕ {t('level.bad')} {beyond(threshold.bad, more)}
                </span>
                <small>{t('definition.thresholdSource', { source: name(threshold.source) })}</small>
              </>
            ) : (
              t('definition.noThreshold')
            )}
          </dd>
          <dt>{t('definition.dimensions')}</dt>
          <dd>{metric.dimensions.map((each) => t(`by.${each}`)).join(' · ')}</dd>
          <dt>{t('definition.version')}</dt>
          <dd>{t('definition.versionBy', { version: metric.version, at: dateTime(metric.published_at), by: metric.published_by ?? t('system') })}</dd>
        </dl>
        <h3>{t('definition.history')}</h3>
        <Faces query={versions} rows={3}>
          {(data) => (
            <ol className={css.versions}>
              {data.items.map((each) => (
                <li key={each.version}>
                  <strong>{t('definition.versionBy', { version: each.version, at: dateTime(each.published_at), by: each.published_by ?? t('system') })}</strong>
                  <small>{each.note || t('definition.noNote')}</small>
                </li>
              ))}
            </ol>
          )}
        </Faces>
      </div>
    </Sheet>
  );
}

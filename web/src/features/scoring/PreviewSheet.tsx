import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ScorecardPreview } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { number } from '@/ui/format';
import { Sheet } from '@/ui/Sheet';
import css from './Scoring.module.css';
import type { Definition } from './definition';
import { usePreview } from './scorecards';

function Bands({ preview, ceiling }: { preview: ScorecardPreview; ceiling: number }) {
  const { t } = useTranslation('scoring');
  const most = Math.max(1, ...preview.bands.flatMap((band) => [band.before, band.after]));
  return (
    <table className={css.bands}>
      <thead>
        <tr>
          <th scope="col">{t('preview.band')}</th>
          <th scope="col">{t('preview.before')}</th>
          <th scope="col">{t('preview.after')}</th>
        </tr>
      </thead>
      <tbody>
        {preview.bands.map((band) => (
          <tr key={band.least}>
            <th scope="row" className="num">
              {band.least < ceiling ? `${band.least}–${band.least + 9}` : band.least}
            </th>
            {(['before', 'after'] as const).map((side) => (
              <td key={side}>
                <span className={css.bandBar} data-side={side} aria-hidden="true">
                  <span style={{ width: `${(band[side] / most) * 100}%` }} />
                </span>
                <span className="num">{number(band[side])}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Outcome({ preview, ceiling, gradeName }: { preview: ScorecardPreview; ceiling: number; gradeName: (key: string | null) => string }) {
  const { t } = useTranslation('scoring');
  return (
    <>
      <p>{t('preview.summary', { records: number(preview.records), changed: number(preview.changed) })}</p>
      {preview.is_partial && <p className="muted">{t('preview.partial')}</p>}
      <h3>{t('preview.moves')}</h3>
      {preview.moves.length === 0 && <Empty title={t('preview.nobody')} />}
      <ul className={css.moves}>
        {preview.moves.map((move) => (
          <li key={`${move.from_grade ?? ''}-${move.to_grade ?? ''}`}>
            <div>
              <strong className="num">{number(move.count)}</strong> {t('preview.move', { from: gradeName(move.from_grade), to: gradeName(move.to_grade) })}
            </div>
            <ul className={css.examples}>
              {move.examples.map((example) => (
                <li key={example.record.id}>
                  <Link to={recordPath(example.record.type, example.record.id)}>{example.record.title}</Link>{' '}
                  <span className="muted num">
                    {example.from_score ?? '–'} → {example.to_score}
                  </span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <h3>{t('preview.bands')}</h3>
      <Bands preview={preview} ceiling={ceiling} />
    </>
  );
}

/** Who would move, were the rules published as they stand; nothing is changed. */
export default function PreviewSheet({ cardKey, definition, onClose }: { cardKey: string; definition: Definition; onClose: () => void }) {
  const { t, i18n } = useTranslation('scoring');
  const preview = usePreview(cardKey, definition);
  const language = i18n.language === 'en-US' ? 'en-US' : 'zh-CN';
  const gradeName = (key: string | null) => {
    if (key === null) return t('why.noGrade');
    return definition.grades.find((grade) => grade.key === key)?.name[language] ?? key;
  };
  return (
    <Sheet title={t('preview.title')} onClose={onClose} size={720}>
      <div className={css.form}>
        <Faces query={preview} rows={8}>
          {(data) => <Outcome preview={data} ceiling={definition.ceiling} gradeName={gradeName} />}
        </Faces>
      </div>
    </Sheet>
  );
}

import { useTranslation } from 'react-i18next';
import type { ImportPreview, TypeMeta } from '@/api/types';
import css from './Imports.module.css';
import { useFieldName } from './useFieldName';

/** The first rows as they would be taken, each with what keeps it out. */
export function ImportPreviewTable({ preview, type }: { preview: ImportPreview; type?: TypeMeta }) {
  const { t } = useTranslation('transfer');
  const fieldName = useFieldName(type);
  return (
    <>
      {preview.problems.map((problem) => (
        <p key={`${problem.field}-${problem.code}`} className={css.bad} role="alert">
          {fieldName(problem.field)} {problem.message}
        </p>
      ))}
      <div className={css.scroll} tabIndex={0} role="region" aria-label={t('steps.preview')}>
        <table className={css.preview}>
          <thead>
            <tr>
              <th scope="col">{t('row')}</th>
              <th scope="col">{t('outcome')}</th>
              {preview.columns.map((column) => (
                <th key={column.name} scope="col">
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.slice(0, 30).map((row) => (
              <tr key={row.row} data-outcome={row.outcome}>
                <td className="num">{row.row}</td>
                <td>
                  <span className={css.state} data-state={row.outcome}>
                    {t(`outcomes.${row.outcome}`)}
                  </span>
                  {row.problems.map((problem) => (
                    <div key={`${problem.field}-${problem.code}`} className={css.bad}>
                      {fieldName(problem.field)} {problem.message}
                    </div>
                  ))}
                </td>
                {row.cells.map((cell, place) => (
                  <td key={place} title={cell}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

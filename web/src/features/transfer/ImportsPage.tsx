import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTypes } from '@/features/records/meta';
import { DataTable } from '@/ui/DataTable';
import { Empty, Faces } from '@/ui/faces';
import { ago, number } from '@/ui/format';
import { useName } from '@/ui/names';
import css from './Imports.module.css';
import { NewImport } from './NewImport';
import { useImports } from './imports';

/** Bringing data in: a new table, and what became of earlier ones. */
export default function ImportsPage() {
  const { t } = useTranslation('transfer');
  const name = useName();
  const types = useTypes();
  const imports = useImports();
  const typeName = (key: string) => (key === 'org' ? t('org') : name(types.find((type) => type.key === key)?.name) || key);
  return (
    <div className={css.page}>
      <h1 className={css.title}>{t('title')}</h1>
      <NewImport />
      <h2 className={css.heading}>{t('history')}</h2>
      <Faces query={imports} isEmpty={(list) => list.length === 0} empty={<Empty title={t('noHistory')} hint={t('noHistoryHint')} />}>
        {(list) => (
          <DataTable
            label={t('history')}
            rows={list}
            rowName={(job) => job.file.name}
            columns={[
              { key: 'file', title: t('file'), width: 240, fixed: true, draw: (job) => <Link to={`/imports/${job.id}`}>{job.file.name}</Link> },
              { key: 'type', title: t('recordType'), width: 110, draw: (job) => typeName(job.record_type) },
              { key: 'state', title: t('status', { ns: 'ui' }), width: 110, draw: (job) => <span className={css.state} data-state={job.state}>{t(`states.${job.state}`)}</span> },
              { key: 'rows', title: t('rows'), align: 'right', width: 90, draw: (job) => number(job.rows_total) },
              { key: 'created', title: t('counts.created'), align: 'right', width: 90, draw: (job) => number(job.counts.created) },
              { key: 'updated', title: t('counts.updated'), align: 'right', width: 90, draw: (job) => number(job.counts.updated) },
              { key: 'refused', title: t('counts.refused'), align: 'right', width: 90, draw: (job) => number(job.counts.refused) },
              { key: 'by', title: t('person', { ns: 'ui' }), width: 110, draw: (job) => job.created_by?.name },
              { key: 'at', title: t('time', { ns: 'ui' }), width: 120, draw: (job) => ago(job.created_at) },
            ]}
          />
        )}
      </Faces>
    </div>
  );
}

import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { problemOf } from '@/api/problem';
import type { Import } from '@/api/types';
import { useType } from '@/features/records/meta';
import { Faces } from '@/ui/faces';
import { number } from '@/ui/format';
import { useToast } from '@/ui/toast';
import css from './Imports.module.css';
import { Constants } from './Constants';
import { ImportOptions } from './ImportOptions';
import { ImportPreviewTable } from './ImportPreviewTable';
import { ImportProgress } from './ImportProgress';
import { MappingTable } from './MappingTable';
import { ReadingOptions } from './ReadingOptions';
import { useImport, useImportPreview, useImportStep } from './imports';
import { mappedCount } from './targets';
import { useFieldName } from './useFieldName';

function Draft({ job }: { job: Import }) {
  const { t } = useTranslation('transfer');
  const say = useToast();
  const type = useType(job.record_type);
  const fieldName = useFieldName(type);
  const preview = useImportPreview(job.id, true);
  const step = useImportStep(job.id);
  const problems = preview.data?.problems ?? [];
  const start = () => {
    step.mutate('start', {
      onError: (error) => {
        const problem = problemOf(error);
        const first = problem?.errors[0];
        say('bad', first ? `${problem.message} ${fieldName(first.field)} ${first.message}` : (problem?.message ?? t('failed', { ns: 'ui' })));
      },
    });
  };
  return (
    <>
      <section className={css.panel} aria-labelledby="reading">
        <h2 id="reading">{t('steps.reading')}</h2>
        <ReadingOptions job={job} />
      </section>
      <section className={css.panel} aria-labelledby="mapping">
        <h2 id="mapping">{t('steps.mapping', { mapped: mappedCount(job.mapping), total: job.columns.length })}</h2>
        <MappingTable job={job} type={type} seen={preview.data?.columns ?? []} />
        {type && <Constants job={job} type={type} />}
      </section>
      <section className={css.panel} aria-labelledby="options">
        <h2 id="options">{t('steps.options')}</h2>
        <ImportOptions job={job} type={type} />
      </section>
      <section className={css.panel} aria-labelledby="preview">
        <h2 id="preview">{t('steps.preview')}</h2>
        <Faces query={preview} rows={6}>
          {(data) => <ImportPreviewTable preview={data} type={type} />}
        </Faces>
      </section>
      <footer className={css.foot}>
        {problems.length > 0 && (
          <span className={css.bad}>
            {t('cannotStart', { count: problems.length })} {problems.map((problem) => `${fieldName(problem.field)} ${problem.message}`).join(' · ')}
          </span>
        )}
        <span className="grow" />
        <Button type="primary" size="large" loading={step.isPending} disabled={preview.isFetching || problems.length > 0} onClick={start}>
          {t('start', { rows: number(job.rows_total) })}
        </Button>
      </footer>
    </>
  );
}

/** One import: how it is read and mapped while it is a draft, how far it is afterwards. */
export default function ImportWizard() {
  const { t } = useTranslation('transfer');
  const id = Number(useParams()['id']);
  const job = useImport(id);
  return (
    <div className={css.page}>
      <nav>
        <Link to="/imports">← {t('title')}</Link>
      </nav>
      <Faces query={job} rows={10}>
        {(data) => (
          <>
            <h1 className={css.title}>{data.file.name}</h1>
            {data.state === 'draft' ? <Draft job={data} /> : <ImportProgress job={data} />}
          </>
        )}
      </Faces>
    </div>
  );
}

import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import css from './faces.module.css';

/** Grey bars in the shape of what is coming. */
export function Loading({ rows = 4 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div className={css.loading} role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={css.bar} style={{ width: `${92 - ((index * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

type FaceProps = { title: string; hint?: string; mark?: string; children?: ReactNode };

/** A quiet page part with one sentence and, where it helps, one button. */
export function Face({ title, hint, mark = '○', children }: FaceProps) {
  return (
    <div className={css.face}>
      <div className={css.mark} aria-hidden="true">
        {mark}
      </div>
      <div className={css.title}>{title}</div>
      {hint && <div className="muted">{hint}</div>}
      {children && <div className={css.actions}>{children}</div>}
    </div>
  );
}

export function Empty({ title, hint, children }: { title?: string; hint?: string; children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Face title={title ?? t('empty')} hint={hint}>
      {children}
    </Face>
  );
}

/** What is drawn instead of data that did not come: refused, not found, or failed. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const problem = problemOf(error);
  if (problem?.status === 403) return <Face mark="⊘" title={t('refused')} hint={problem.message} />;
  if (problem?.status === 404) return <Face mark="?" title={t('notFound')} hint={t('notFoundHint')} />;
  const title = problem?.status === 0 ? t('offline') : t('failed');
  return (
    <div role="alert">
      <Face mark="!" title={title} hint={problem?.message ?? t('failedHint')}>
        {retry && (
          <button type="button" className={css.button} onClick={retry}>
            {t('retry')}
          </button>
        )}
      </Face>
    </div>
  );
}

type FacesProps<T> = {
  query: UseQueryResult<T>;
  rows?: number;
  isEmpty?: (data: T) => boolean;
  empty?: ReactNode;
  children: (data: T) => ReactNode;
};

/** The four faces of a query: loading, refused or failed, empty, and its data. */
export function Faces<T>({ query, rows, isEmpty, empty, children }: FacesProps<T>) {
  if (query.data === undefined) {
    if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
    return <Loading rows={rows} />;
  }
  if (isEmpty?.(query.data)) return <>{empty ?? <Empty />}</>;
  return <>{children(query.data)}</>;
}

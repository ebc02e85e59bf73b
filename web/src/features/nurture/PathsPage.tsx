import { CopyOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NurturePathRow } from '@/api/types';
import { useAllowed } from '@/features/identity/session';
import { Empty, Faces } from '@/ui/faces';
import { number } from '@/ui/format';
import { useName } from '@/ui/names';
import css from './Nurture.module.css';
import { NurtureTabs } from './NurtureTabs';
import { usePaths } from './paths';
import { percent, shareOf } from './shares';

const NewPath = lazy(() => import('./NewPath'));

function Pills({ row }: { row: NurturePathRow }) {
  const { t } = useTranslation('nurture');
  return (
    <span className={css.pills}>
      <span className={css.pill} data-tone={row.version === null ? 'warn' : row.is_active ? 'ok' : undefined}>
        {row.version === null ? t('neverPublished') : t(row.is_active ? 'switch.on' : 'switch.off')}
      </span>
      {row.version !== null && <span className={css.pill}>{t('version', { version: row.version })}</span>}
      {row.has_draft && row.version !== null && (
        <span className={css.pill} data-tone="warn">
          {t('paths.draft')}
        </span>
      )}
    </span>
  );
}

function Figures({ row }: { row: NurturePathRow }) {
  const { t } = useTranslation('nurture');
  const shared = (count: number, whole: number) => (
    <>
      {percent(shareOf(count, whole))} <small>{number(count)}</small>
    </>
  );
  return (
    <dl className={css.figures}>
      {(['running', 'started'] as const).map((key) => (
        <div key={key}>
          <dt>{t(`report.${key}`)}</dt>
          <dd>{number(row[key])}</dd>
        </div>
      ))}
      <div>
        <dt>{t('report.left')}</dt>
        <dd>{number(row.left)}</dd>
      </div>
      <div>
        <dt>{t('paths.opened')}</dt>
        <dd>{shared(row.opened, row.sent)}</dd>
      </div>
      <div>
        <dt>{t('paths.clicked')}</dt>
        <dd>{shared(row.clicked, row.sent)}</dd>
      </div>
      {row.grades.slice(0, 1).map((grade) => (
        <div key={grade.key}>
          <dt>{t('report.became', { grade: grade.name })}</dt>
          <dd>{shared(grade.count, row.started)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Every path with how it goes. */
export default function PathsPage() {
  const { t } = useTranslation('nurture');
  const name = useName();
  const paths = usePaths();
  const manages = useAllowed('nurture.manage');
  const [making, setMaking] = useState<{ from: NurturePathRow | null } | null>(null);
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => { setMaking({ from: null }); }}>
      {t('paths.add')}
    </Button>
  );
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('title')}</h1>
        <NurtureTabs value="paths" />
        {manages && <span className={css.push}>{add}</span>}
      </div>
      <Faces query={paths} rows={8} isEmpty={(list) => list.length === 0} empty={<Empty title={t('paths.none')} hint={t('paths.noneHint')}>{manages && add}</Empty>}>
        {(list) => (
          <div className={css.cards}>
            {list.map((row) => (
              <article key={row.key} className={css.card} aria-label={name(row.name)}>
                <div className={css.ruleHead}>
                  <h2 className="grow">
                    <Link to={`/nurture/paths/${row.key}`}>{name(row.name)}</Link>
                  </h2>
                  {manages && <Button type="text" size="small" icon={<CopyOutlined />} aria-label={t('paths.copyOf', { name: name(row.name) })} title={t('paths.copy')} onClick={() => { setMaking({ from: row }); }} />}
                </div>
                <Pills row={row} />
                <Figures row={row} />
              </article>
            ))}
          </div>
        )}
      </Faces>
      <Suspense fallback={null}>{making && <NewPath from={making.from} taken={paths.data ?? []} onClose={() => { setMaking(null); }} />}</Suspense>
    </div>
  );
}

import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordDetail } from '@/api/types';
import { Empty } from '@/ui/faces';
import { TaskList } from './TaskList';
import css from './tasks.module.css';

const TaskDialog = lazy(() => import('./TaskDialog'));

/** The open tasks about a record, those done, and the way to ask for another. */
export default function RecordTasks({ record }: { record: RecordDetail }) {
  const { t } = useTranslation('tasks');
  const [asking, setAsking] = useState(false);
  return (
    <>
      <div className={css.bar}>
        <h2 className="muted">{t('state.open')}</h2>
        {!record.deleted_at && (
          <Button size="small" onClick={() => { setAsking(true); }}>
            {t('add')}
          </Button>
        )}
      </div>
      <TaskList query={{ record_id: record.id, state: 'open' }} empty={<Empty title={t('nothing')} />} />
      <h2 className="muted">{t('state.done')}</h2>
      <TaskList query={{ record_id: record.id, state: 'done' }} empty={<p className="muted">{t('nothingClosed')}</p>} />
      <Suspense fallback={null}>
        {asking && <TaskDialog record={record} owner={record.owner} onClose={() => { setAsking(false); }} />}
      </Suspense>
    </>
  );
}

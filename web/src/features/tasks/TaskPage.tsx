import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { TaskView } from './TaskView';
import css from './tasks.module.css';

/** A task by its address, as notices give it. */
export default function TaskPage() {
  const { t } = useTranslation('tasks');
  const { id } = useParams();
  return (
    <div className={css.page}>
      <Link to="/tasks">← {t('title')}</Link>
      <section className={css.panel} style={{ padding: 16 }}>
        <TaskView id={Number(id)} />
      </section>
    </div>
  );
}

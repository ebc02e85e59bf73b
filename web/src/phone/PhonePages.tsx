import { useParams } from 'react-router';
import { DocumentView } from '@/features/documents/DocumentView';
import { TaskView } from '@/features/tasks/TaskView';
import css from './phone.module.css';

/** A task, as its notice opens it. */
export function PhoneTask() {
  const { id } = useParams();
  return (
    <section className={css.panel}>
      <TaskView id={Number(id)} />
    </section>
  );
}

/** A brief or report, as its notice opens it. */
export function PhoneDocument() {
  const { id } = useParams();
  return <DocumentView id={Number(id)} />;
}

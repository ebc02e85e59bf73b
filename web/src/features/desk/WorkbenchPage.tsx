import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Workbench } from '@/api/types';
import { DocumentLines } from '@/features/documents/DocumentLines';
import { ClockLines } from '@/features/sla/ClockLines';
import { TaskLine } from '@/features/tasks/TaskLine';
import { Avatar } from '@/ui/Avatar';
import { Empty, Faces } from '@/ui/faces';
import { ago, number } from '@/ui/format';
import page from './TodayPage.module.css';
import css from './Workbench.module.css';
import { useWorkbench } from './workbench';

function Counts({ data }: { data: Workbench }) {
  const { t } = useTranslation('desk');
  const { figures, approvals } = data;
  const counts = [
    { key: 'red', to: '/supervision', value: figures.red, tone: 'bad' },
    { key: 'late', to: '/supervision?box=team', value: figures.late, tone: 'bad' },
    { key: 'running', to: '/supervision?box=team', value: figures.running },
    { key: 'tasksLate', to: '/tasks?box=team', value: figures.tasks_late, tone: 'bad' },
    { key: 'tasksOpen', to: '/tasks?box=team', value: figures.tasks_open },
    { key: 'waiting', to: '/approvals', value: approvals.waiting, tone: approvals.late > 0 ? 'bad' : undefined },
  ] as const;
  return (
    <nav className={page.counts} aria-label={t('workbench.figures')}>
      {counts.map((one) => (
        <Link key={one.key} to={one.to} className={page.count} data-tone={'tone' in one && one.value > 0 ? one.tone : undefined}>
          <span>{t(`workbench.${one.key}`)}</span>
          <strong className="num">{number(one.value)}</strong>
        </Link>
      ))}
    </nav>
  );
}

function ByPerson({ rows }: { rows: Workbench['late_by_person'] }) {
  const { t } = useTranslation('desk');
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('person', { ns: 'ui' })}</th>
            {(['red', 'late', 'running'] as const).map((key) => (
              <th key={key} scope="col">
                {t(`workbench.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.person.id}>
              <th scope="row">
                <Link to={`/supervision?box=team&owner=${row.person.id}`} className="row">
                  <Avatar name={row.person.name} size={22} /> {row.person.name}
                </Link>
              </th>
              <td data-bad={row.red > 0 || undefined}>{number(row.red)}</td>
              <td data-bad={row.late > 0 || undefined}>{number(row.late)}</td>
              <td>{number(row.running)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A manager's morning: what is red, whom it waits for, tasks of intervention, reports, approvals. */
export default function WorkbenchPage() {
  const { t } = useTranslation('desk');
  const workbench = useWorkbench();
  return (
    <div className={page.page}>
      <header className={page.head}>
        <h1>{t('workbench.title')}</h1>
        {workbench.data && <span className="muted">{t('workbench.people', { count: workbench.data.figures.people })}</span>}
      </header>
      <Faces query={workbench} rows={12}>
        {(data) => (
          <>
            <Counts data={data} />
            <div className={page.grid}>
              <div className={page.column}>
                <section className={page.panel} aria-labelledby="red">
                  <h2 id="red">
                    {t('workbench.redItems')} <Link className={css.all} to="/supervision">{t('workbench.all')}</Link>
                  </h2>
                  {data.red.length ? <ClockLines clocks={data.red} /> : <Empty title={t('workbench.noRed')} hint={t('workbench.noRedHint')} />}
                </section>
                <section className={page.panel} aria-labelledby="tasks">
                  <h2 id="tasks">{t('workbench.tasks')}</h2>
                  {data.tasks.length ? (
                    <ul>
                      {data.tasks.map((task) => (
                        <TaskLine key={task.id} task={task} />
                      ))}
                    </ul>
                  ) : (
                    <Empty title={t('workbench.noTasks')} />
                  )}
                </section>
              </div>
              <div className={page.column}>
                <section className={page.panel} aria-labelledby="people">
                  <h2 id="people">{t('workbench.byPerson')}</h2>
                  {data.late_by_person.length ? <ByPerson rows={data.late_by_person} /> : <Empty title={t('workbench.nobody')} />}
                </section>
                <section className={page.panel} aria-labelledby="reports">
                  <h2 id="reports">{t('workbench.reports')}</h2>
                  {data.documents.length ? <DocumentLines documents={data.documents} about /> : <Empty title={t('workbench.noReports')} />}
                </section>
                <section className={page.panel} aria-labelledby="waiting">
                  <h2 id="waiting">{t('workbench.approvals')}</h2>
                  <p>
                    {data.approvals.waiting === 0
                      ? t('workbench.noApprovals')
                      : t('workbench.waitingFor', { count: data.approvals.waiting, late: data.approvals.late, oldest: ago(data.approvals.oldest_at) })}
                  </p>
                  {data.approvals.waiting > 0 && <Link to="/approvals">{t('workbench.openApprovals')}</Link>}
                </section>
              </div>
            </div>
          </>
        )}
      </Faces>
    </div>
  );
}

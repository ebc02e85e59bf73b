import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import type { PlaybookPlan, PlaybookPlanStep } from '@/api/types';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { Why } from './EntryCard';
import css from './playbooks.module.css';
import { useMakePlan, useTakePlan } from './queries';

type Subject = { type: string; id: number };

function Step({ step, place }: { step: PlaybookPlanStep; place: number }) {
  const { t } = useTranslation('playbooks');
  const name = useName();
  const entries = [step.says, step.shows, step.case].filter((one) => one !== null);
  return (
    <li className={css.card}>
      <div className={css.name}>
        <span className={css.kind}>{t('plan.step', { number: place + 1 })}</span>
        {name(step.name)}
        <span className={css.tag}>{t('plan.by', { at: dateTime(step.due_at) })}</span>
      </div>
      <p className="muted">{name(step.aim)}</p>
      {(step.words || name(step.line)) && <p className={css.line}>{step.words || name(step.line)}</p>}
      {entries.map((one) => (
        <div key={one.id}>
          <span className={css.kind}>{name(one.kind_name)}</span> <Link to={`/playbooks/${one.id}?from=plan`}>{name(one.title)}</Link>
          <Why why={one.why} />
        </div>
      ))}
      {step.pages.map((page) => (
        <div key={page.at} className="muted">
          {page.at} · {name(page.title)}
        </div>
      ))}
    </li>
  );
}

/** The buttons that make a plan one's own, each once: tasks, and the record's next date. */
function Taking({ plan, record }: { plan: PlaybookPlan; record: Subject }) {
  const { t } = useTranslation('playbooks');
  const name = useName();
  const say = useToast();
  const take = useTakePlan();
  const [taken, setTaken] = useState<('tasks' | 'date')[]>([]);
  const run = (as: 'tasks' | 'date') => {
    const steps = plan.steps.map((step) => ({ title: `${name(step.name)}：${name(step.aim)}`.slice(0, 200), note: step.words || name(step.line), due_at: step.due_at, entry_ids: step.entry_ids }));
    take.mutate(
      { record, steps: as === 'tasks' ? steps : steps.slice(0, 1), as_tasks: as === 'tasks', as_next_date: as === 'date' },
      {
        onSuccess: () => {
          setTaken((before) => [...before, as]);
          say('ok', t(as === 'tasks' ? 'plan.tasksMade' : 'plan.dateSet'));
        },
        onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
      },
    );
  };
  return (
    <div className={css.actions}>
      {plan.can_set_next_date && (
        <button type="button" className={css.button} data-primary disabled={take.isPending || taken.includes('date')} onClick={() => { run('date'); }}>
          {t(taken.includes('date') ? 'plan.dateSet' : 'plan.setDate')}
        </button>
      )}
      <button type="button" className={css.button} disabled={take.isPending || taken.includes('tasks')} onClick={() => { run('tasks'); }}>
        {t(taken.includes('tasks') ? 'plan.tasksMade' : 'plan.makeTasks')}
      </button>
    </div>
  );
}

/** Type the situation, get steps with their sources, take them over (requirement D12). */
export function PlanView({ record }: { record: Subject }) {
  const { t } = useTranslation('playbooks');
  const name = useName();
  const make = useMakePlan();
  const [situation, setSituation] = useState('');
  const plan = make.data;
  const source = plan?.source.startsWith('model:') ? t('plan.byModel', { model: plan.source.slice(6) }) : t('plan.byLibrary');
  return (
    <div className={css.form}>
      <label>
        {t('plan.situation')}
        <textarea className={css.write} maxLength={500} placeholder={t('plan.placeholder')} value={situation} onChange={(event) => { setSituation(event.target.value); }} />
      </label>
      <button type="button" className={css.button} data-primary disabled={situation.trim().length < 2 || make.isPending} onClick={() => { make.mutate({ situation: situation.trim(), record_id: record.id }); }}>
        {t(make.isPending ? 'plan.making' : 'plan.make')}
      </button>
      {make.error && <p role="alert">{problemOf(make.error)?.message ?? t('failed', { ns: 'ui' })}</p>}
      {plan && (
        <>
          <p className="muted" role="status">
            {source} {plan.based_on.length > 0 && t('plan.basedOn', { facts: plan.based_on.map((tag) => name(tag.name)).join(t('why.and')) })}
          </p>
          <ol className={css.list} aria-label={t('plan.title')}>
            {plan.steps.map((step, place) => (
              <Step key={step.key} step={step} place={place} />
            ))}
          </ol>
          <Taking key={make.submittedAt} plan={plan} record={record} />
        </>
      )}
    </div>
  );
}

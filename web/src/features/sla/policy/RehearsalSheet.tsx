import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Rehearsal } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { Empty, Failure, Loading } from '@/ui/faces';
import { dateTime, number } from '@/ui/format';
import { Sheet } from '@/ui/Sheet';
import css from './Policy.module.css';
import type { Definition } from './definition';
import { monthsBefore } from './months';
import { useRehearsal } from './policies';

const figures = ['opened', 'met', 'breached', 'open', 'paused', 'cancelled'] as const;

function Outcome({ result }: { result: Rehearsal }) {
  const { t } = useTranslation('sla');
  if (result.opened === 0) return <Empty title={t('rehearsal.nothing')} hint={t('rehearsal.nothingHint')} />;
  return (
    <>
      <dl className={css.figures}>
        {figures.map((key) => (
          <div key={key} data-tone={key === 'breached' && result.breached > 0 ? 'bad' : undefined}>
            <dt>{t(`rehearsal.${key}`)}</dt>
            <dd className="num">{number(result[key])}</dd>
          </div>
        ))}
      </dl>
      <h3>{t('rehearsal.steps')}</h3>
      <ul className={css.rehearsed}>
        {result.steps.map((step) => (
          <li key={step.key}>
            <strong className="num">{t('rehearsal.times', { count: step.fired })}</strong>
            <span>
              {step.sentence}
              {step.people.length > 0 && (
                <span className={css.people}>{step.people.map((one) => `${one.person.name} ${one.count}`).join(' · ')}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {result.examples.length > 0 && <h3>{t('rehearsal.examples')}</h3>}
      <ul>
        {result.examples.map((one) => (
          <li key={`${one.record.id}-${one.started_at}`} className={css.example}>
            <div className="row">
              <Link to={recordPath(one.record.type, one.record.id)} className="grow">
                {one.record.title}
              </Link>
              <span data-state={one.state}>{t(`rehearsal.state.${one.state}`, { defaultValue: t('rehearsal.open') })}</span>
            </div>
            <div className="muted">
              {t('rehearsal.life', { from: dateTime(one.started_at), due: dateTime(one.due_at) })}
              {one.closed_at && ` · ${t('rehearsal.closedAt', { at: dateTime(one.closed_at) })}`}
            </div>
            <ol className={css.fired}>
              {one.fired.map((fired) => (
                <li key={`${fired.key}-${fired.at}`}>
                  <span className="num muted">{dateTime(fired.at)}</span> {fired.sentence}
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What would have happened in a month that is over, had this draft been in force. */
export default function RehearsalSheet({ policyKey, definition, onClose }: { policyKey: string; definition: Definition; onClose: () => void }) {
  const { t, i18n } = useTranslation('sla');
  const rehearsal = useRehearsal(policyKey);
  const [months] = useState(() => monthsBefore(new Date(), 12));
  const [chosen, setChosen] = useState(0);
  const month = months[chosen];
  const label = (from: string) => new Intl.DateTimeFormat(i18n.language, { year: 'numeric', month: 'long', timeZone: 'Asia/Shanghai' }).format(new Date(from));
  return (
    <Sheet title={t('rehearsal.title')} onClose={onClose} size={720}>
      <div className={css.rehearse}>
        <Select
          aria-label={t('rehearsal.month')}
          style={{ minWidth: 160 }}
          value={chosen}
          options={months.map((one, place) => ({ value: place, label: label(one.from) }))}
          onChange={setChosen}
        />
        <Button
          type="primary"
          disabled={rehearsal.isPending}
          onClick={() => {
            if (month) rehearsal.mutate({ ...month, definition });
          }}
        >
          {t('rehearsal.run')}
        </Button>
        <span className="muted">{t('rehearsal.hint')}</span>
      </div>
      {rehearsal.isPending && <Loading rows={6} />}
      {rehearsal.error && <Failure error={rehearsal.error} />}
      {rehearsal.data && <Outcome result={rehearsal.data} />}
    </Sheet>
  );
}

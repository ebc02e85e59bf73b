import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoutingDecision } from '@/api/types';
import { dateTime } from '@/ui/format';
import { Sheet } from '@/ui/Sheet';
import { useName } from '@/ui/names';
import css from './Routing.module.css';
import { useDecisions } from './routing';

function Decision({ decision }: { decision: RoutingDecision }) {
  const { t } = useTranslation('routing');
  const name = useName();
  return (
    <article className={css.decision}>
      <header>
        <strong>{decision.to ? t('explain.to', { name: decision.to.name }) : t('explain.toPool')}</strong> <span className="muted">{dateTime(decision.at)}</span>
      </header>
      <p>{decision.sentence}</p>
      <dl className={css.factList}>
        <div>
          <dt>{t('explain.rule')}</dt>
          <dd>
            {name(decision.rule_set.name)} · {t('version', { version: decision.version })} · {name(decision.branch.name)}
          </dd>
        </div>
        {decision.facts.map((fact) => (
          <div key={fact.field}>
            <dt>{name(fact.name)}</dt>
            <dd>{fact.value}</dd>
          </div>
        ))}
        {decision.load !== null && (
          <div>
            <dt>{t('explain.load')}</dt>
            <dd>
              {decision.load} / {decision.cap}
            </dd>
          </div>
        )}
        {decision.taken_from && (
          <div>
            <dt>{t('explain.takenFrom')}</dt>
            <dd>{decision.taken_from.name}</dd>
          </div>
        )}
      </dl>
      {decision.passed_over.length > 0 && (
        <>
          <h3>{t('explain.passed')}</h3>
          <ul>
            {decision.passed_over.map((passed) => (
              <li key={`${passed.group.key}-${passed.person.id}`}>
                {t('explain.passedOne', { name: passed.person.name, group: passed.group.name, why: passed.message })}
              </li>
            ))}
          </ul>
        </>
      )}
      {decision.room.length > 0 && (
        <>
          <h3>{t('explain.room')}</h3>
          <p>{decision.room.map((one) => t('explain.roomOne', { name: one.person.name, load: one.load })).join('，')}</p>
        </>
      )}
    </article>
  );
}

/** Why a lead went to whom it went: in one sentence, and whole with everybody who was passed over. */
export default function WhyAssigned({ type, id }: { type: string; id: number }) {
  const { t } = useTranslation('routing');
  const decisions = useDecisions(type, id);
  const [isOpen, setOpen] = useState(false);
  const newest = decisions.data?.[0];
  if (!newest) return null;
  return (
    <section className={css.why} aria-label={t('explain.title')}>
      <p>
        <strong>{t('explain.title')}</strong> {newest.sentence}
      </p>
      <Button size="small" type="text" onClick={() => { setOpen(true); }}>
        {t('explain.more')}
      </Button>
      {isOpen && (
        <Sheet title={t('explain.title')} onClose={() => { setOpen(false); }}>
          {decisions.data?.map((decision) => <Decision key={decision.at} decision={decision} />)}
        </Sheet>
      )}
    </section>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Conversation, ReadingFact } from '@/api/types';
import { useToast } from '@/ui/toast';
import { Filing } from './Filing';
import { useFile } from './conversations';
import css from './conversations.module.css';

const keyOf = (fact: ReadingFact) => `${fact.kind}:${fact.value}`;

/** Whose it is with the reason, the facts that its text proposes, and filing it; those ticked go along. */
export function ReadFacts({ one }: { one: Conversation }) {
  const { t } = useTranslation('conversations');
  const say = useToast();
  const found = one.reading?.facts ?? [];
  const kept = new Set((one.facts as ReadingFact[]).map(keyOf));
  const [ticked, setTicked] = useState<Record<string, boolean>>({});
  const [moving, setMoving] = useState(false);
  const file = useFile(one.id);
  const isTicked = (fact: ReadingFact) => ticked[keyOf(fact)] ?? (kept.size > 0 ? kept.has(keyOf(fact)) : true);
  const chosen = found.filter(isTicked);
  const facts = found.length > 0 ? chosen : undefined;
  const isFiled = one.state === 'filed' && one.record !== null;
  const why = one.chosen?.why.map((each) => each.text).join('、');
  return (
    <section className={css.part} aria-labelledby="filing">
      <h2 id="filing">{t(isFiled ? 'filed' : 'whose')}</h2>
      {isFiled && one.record && (
        <p className={css.facts}>
          <strong>{one.record.title}</strong>
          <span>
            {one.chosen?.by_hand ? t('byHand', { name: one.filed_by?.name ?? '' }) : t('byItself', { percent: Math.round((one.chosen?.confidence ?? 0) * 100), why })}
          </span>
        </p>
      )}
      {found.length > 0 && (
        <div className={css.factList} role="group" aria-label={t('facts')}>
          {found.map((fact) => (
            <label key={keyOf(fact)}>
              <input type="checkbox" checked={isTicked(fact)} onChange={(event) => { setTicked({ ...ticked, [keyOf(fact)]: event.target.checked }); }} />
              <span>{t(`factKinds.${fact.kind}`)}</span>
              <b>{fact.kind === 'amount' ? `${fact.said}` : fact.value}</b>
            </label>
          ))}
        </div>
      )}
      {isFiled && found.length > 0 && (
        <div className={css.buttons}>
          <button
            type="button"
            className={css.primary}
            disabled={file.isPending}
            onClick={() => {
              file.mutate(
                { record_id: one.record?.id ?? 0, facts: chosen },
                { onSuccess: () => { say('ok', t('factsKept', { count: chosen.length })); }, onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed')); } },
              );
            }}
          >
            {t('keepFacts', { count: chosen.length })}
          </button>
        </div>
      )}
      {!isFiled && <Filing row={one} facts={facts} />}
      {isFiled && (moving ? <Filing row={one} facts={facts} others /> : (
        <div className={css.buttons}>
          <button type="button" className={css.button} onClick={() => { setMoving(true); }}>
            {t('move')}
          </button>
        </div>
      ))}
    </section>
  );
}

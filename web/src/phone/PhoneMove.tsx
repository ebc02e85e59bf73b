import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import type { RecordDetail, TypeMeta } from '@/api/types';
import { noWish, spoken, type Wish } from '@/features/approvals/request';
import { awaitedApproval, useAskApproval, useMoveAny } from '@/features/process/moves';
import { placeOf } from '@/features/process/where';
import { stageOf } from '@/features/records/meta';
import { Loading } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './phone.module.css';

const PhoneWish = lazy(() => import('./PhoneWish'));

type Props = { type: TypeMeta; record: RecordDetail; toStage: string; onClose: () => void };

/** A move with its reason; the server's answer says what is missing. */
export function PhoneMove({ type, record, toStage, onClose }: Props) {
  const { t } = useTranslation('process');
  const name = useName();
  const say = useToast();
  const send = useMoveAny(type.key);
  const move = record.moves.find((one) => one.to_stage === toStage);
  const [reason, setReason] = useState('');
  const [outcome, setOutcome] = useState('');
  const stage = name(stageOf(type, toStage)?.name);
  const ask = useAskApproval(type.key);
  const approval = awaitedApproval(move?.missing ?? []);
  const [wish, setWish] = useState<Wish>(noWish);
  const [busy, setBusy] = useState(false);
  const submitApproval = () => {
    ask.mutate(
      { id: record.id, to_stage: toStage, values: {}, ticks: [], ...spoken(wish), reason: reason.trim() || null, outcome_reason: outcome || null },
      {
        onSuccess: () => {
          say('ok', t('sheet.approvalAsked'));
          onClose();
        },
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  const submit = () => {
    send.mutate(
      { id: record.id, version: record.version, to_stage: toStage, via: 'screen', values: {}, ticks: [], reason: reason.trim() || null, outcome_reason: outcome || null },
      {
        onSuccess: () => {
          say('ok', t('sheet.moved', { stage }));
          onClose();
        },
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  return (
    <form
      className={css.panel}
      aria-label={t(`moveVerb.${move?.kind ?? 'forward'}`, { stage })}
      onSubmit={(event) => {
        event.preventDefault();
        if (approval) submitApproval();
        else submit();
      }}
    >
      <h2>{t(`moveVerb.${move?.kind ?? 'forward'}`, { stage })}</h2>
      <div className={css.supply}>
        {approval && (
          <p>
            {t(approval.link ? 'sheet.approvalRunning' : 'sheet.approvalNeeded')} {approval.link && <Link to={approval.link}>{t('sheet.openApproval')}</Link>}
          </p>
        )}
        {move && move.outcome_reasons.length > 0 && (
          <label>
            {t('sheet.outcome')}
            <select required value={outcome} onChange={(event) => { setOutcome(event.target.value); }}>
              <option value="">{t('choose', { ns: 'fields' })}</option>
              {move.outcome_reasons.map((one) => (
                <option key={one.key} value={one.key}>
                  {name(one.name)}
                </option>
              ))}
            </select>
          </label>
        )}
        {approval && !approval.link && (
          <Suspense fallback={<Loading rows={2} />}>
              <PhoneWish flow={placeOf(approval.where).key} recordId={record.id} wish={wish} onChange={setWish} onBusy={setBusy} errors={problemOf(ask.error)?.errors ?? []} />
          </Suspense>
        )}
        {(!approval || move?.needs_reason) && (
          <label>
            {t(move?.needs_reason ? 'sheet.reason' : 'sheet.note')}
            <textarea rows={3} required={move?.needs_reason} value={reason} onChange={(event) => { setReason(event.target.value); }} />
          </label>
        )}
        <div className={css.moves}>
          <button type="submit" className={css.primary} disabled={send.isPending || ask.isPending || busy || Boolean(approval?.link)}>
            {t(approval ? 'sheet.submitApproval' : move?.kind === 'back' ? 'sheet.submitBack' : 'sheet.submit')}
          </button>
          <button type="button" className={css.plain} onClick={onClose}>
            {t('cancel', { ns: 'ui' })}
          </button>
        </div>
      </div>
    </form>
  );
}

import { Button, Input, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf, type FieldError } from '@/api/problem';
import type { MissingItem, RecordDetail, RecordItem, TypeMeta } from '@/api/types';
import { noWish, spoken, type Wish } from '@/features/approvals/request';
import { stageOf } from '@/features/records/meta';
import { useRecord } from '@/features/records/queries';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import { ExceptionForm } from './ExceptionForm';
import { MoveItems } from './MoveItems';
import css from './MoveSheet.module.css';
import { StageTag } from './StageTag';
import { mergeItems } from './items';
import { awaitedApproval, useAskApproval, useMoveAny } from './moves';
import { placeOf } from './where';

const ApprovalRequest = lazy(() => import('@/features/approvals/ApprovalRequest'));

export type MoveSheetProps = {
  type: TypeMeta;
  id: number;
  toStage: string;
  via: 'screen' | 'drag';
  locked?: MissingItem[];
  onClose: () => void;
  onMoved?: (record: RecordItem) => void;
  onGo?: (where: string) => void;
};

/** One sheet for a move: fields, ticks, files, reason; the server's answer decides. */
export default function MoveSheet(props: MoveSheetProps) {
  const record = useRecord(props.type.key, props.id);
  const name = useName();
  const { t } = useTranslation('process');
  const stage = stageOf(props.type, props.toStage);
  const kind = record.data?.moves.find((move) => move.to_stage === props.toStage)?.kind ?? 'forward';
  const title = t(`moveVerb.${kind}`, { stage: stage ? name(stage.name) : props.toStage });
  if (!record.data) {
    return (
      <Sheet title={title} onClose={props.onClose}>
        <Faces query={record}>{() => null}</Faces>
      </Sheet>
    );
  }
  return <MoveForm {...props} title={title} record={record.data} />;
}

function MoveForm(props: MoveSheetProps & { record: RecordDetail; title: string }) {
  const { type, record, toStage, via, onClose, onMoved, onGo, title } = props;
  const { t } = useTranslation('process');
  const name = useName();
  const say = useToast();
  const submit = useMoveAny(type.key);
  const move = record.moves.find((one) => one.to_stage === toStage);
  const [refused, setRefused] = useState<MissingItem[]>(props.locked ?? []);
  const [values, setValues] = useState<Record<string, unknown>>({});
  const [ticks, setTicks] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const [outcome, setOutcome] = useState<string | null>(null);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [asking, setAsking] = useState(false);
  const [wish, setWish] = useState<Wish>(noWish);
  const [busy, setBusy] = useState(false);
  const ask = useAskApproval(type.key);

  const missing = move ? move.missing : refused;
  const [first] = useState(() => mergeItems(props.locked ?? [], missing));
  const items = mergeItems(first, missing);
  const open = new Set(missing.map((item) => item.item));
  const approval = awaitedApproval(refused.length > 0 ? refused : missing);
  const given = { to_stage: toStage, values, ticks, reason: reason.trim() || undefined, outcome_reason: outcome ?? undefined };
  const refuse = (error: unknown) => {
    const problem = problemOf(error);
    if (problem?.status === 423) setRefused(problem.missing);
    setErrors(problem?.errors ?? []);
    say('bad', problem?.message ?? t('failed', { ns: 'ui' }));
  };
  const submitApproval = async () => {
    setErrors([]);
    try {
      await ask.mutateAsync({ id: record.id, ...given, ...spoken(wish) });
      say('ok', t('sheet.approvalAsked'));
      onClose();
    } catch (error) {
      refuse(error);
    }
  };
  const send = async () => {
    setErrors([]);
    try {
      const moved = await submit.mutateAsync({
        id: record.id,
        via,
        version: record.version,
        ...given,
      });
      const stage = stageOf(type, moved.stage ?? toStage);
      say('ok', t('sheet.moved', { stage: stage ? name(stage.name) : toStage }));
      onMoved?.(moved);
      onClose();
    } catch (error) {
      refuse(error);
    }
  };
  const errorOf = (field: string) => errors.find((one) => one.field === field)?.message;
  const back = move?.kind === 'back';
  const blocked = missing.length > 0;

  return (
    <Sheet
      title={title}
      onClose={onClose}
      footer={
        <div className={css.footer}>
          {blocked && !approval && (
            <Button
              type="link"
              onClick={() => {
                setAsking(true);
              }}
            >
              {t('exception.ask')}
            </Button>
          )}
          <span className="grow" />
          <Button onClick={onClose}>{t('cancel', { ns: 'ui' })}</Button>
          {approval ? (
            <Button type="primary" loading={ask.isPending} onClick={() => void submitApproval()} disabled={busy || Boolean(approval.link)}>
              {t('sheet.submitApproval')}
            </Button>
          ) : (
            <Button type="primary" loading={submit.isPending} onClick={() => void send()} disabled={!move && refused.length === 0}>
              {t(back ? 'sheet.submitBack' : move?.kind === 'close' ? 'sheet.submitClose' : 'sheet.submit')}
            </Button>
          )}
        </div>
      }
    >
      <div className={css.body}>
        <div className={css.head}>
          <strong className="clip">{record.title}</strong>
          <span className="row">
            <StageTag stage={stageOf(type, record.stage)} />
            <span aria-hidden="true">→</span>
            <StageTag stage={stageOf(type, toStage)} />
          </span>
        </div>
        {!move && refused.length === 0 && <div className={css.locked}>{t('sheet.notAllowed')}</div>}
        {approval ? (
          <div className={css.clear}>
            <strong>{t(approval.link ? 'sheet.approvalRunning' : 'sheet.approvalNeeded')}</strong>{' '}
            {approval.link && <Link to={approval.link}>{t('sheet.openApproval')}</Link>}
          </div>
        ) : blocked ? (
          <div className={css.locked} role="alert">
            <strong>{t('sheet.locked', { count: missing.length })}</strong>
            <div>{t('sheet.lockedHint')}</div>
          </div>
        ) : (
          move && items.length > 0 && <div className={css.clear}>{t('sheet.clear')}</div>
        )}
        {asking && (
          <ExceptionForm
            type={type.key}
            id={record.id}
            toStage={toStage}
            onDone={() => {
              setAsking(false);
              onClose();
            }}
            onCancel={() => {
              setAsking(false);
            }}
          />
        )}
        <MoveItems
          type={type}
          record={record}
          items={items}
          open={open}
          values={values}
          setValues={setValues}
          ticks={ticks}
          setTicks={setTicks}
          errors={errors}
          onGo={onGo}
        />
        {approval && !approval.link && (
          <Suspense fallback={null}>
            <ApprovalRequest flow={placeOf(approval.where).key} recordId={record.id} wish={wish} onChange={setWish} onBusy={setBusy} errors={errors} />
          </Suspense>
        )}
        {move && move.outcome_reasons.length > 0 && (
          <div data-field="true" className={css.field}>
            <span>
              {t('sheet.outcome')}
              <b className={css.must}>*</b>
            </span>
            <Select
              aria-label={t('sheet.outcome')}
              value={outcome}
              status={errorOf('outcome_reason') ? 'error' : ''}
              onChange={setOutcome}
              options={move.outcome_reasons.map((one) => ({ value: one.key, label: name(one.name) }))}
            />
            <span className={css.error}>{errorOf('outcome_reason')}</span>
          </div>
        )}
        <label className={css.field}>
          <span>
            {t(move?.needs_reason ? 'sheet.reason' : 'sheet.note')}
            {move?.needs_reason && <b className={css.must}>*</b>}
          </span>
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 6 }}
            value={reason}
            status={errorOf('reason') ? 'error' : ''}
            onChange={(event) => {
              setReason(event.target.value);
            }}
          />
          <span className={css.error}>{errorOf('reason')}</span>
        </label>
      </div>
    </Sheet>
  );
}

import { Button, Input, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Case } from '@/api/types';
import { RecordPicker } from '@/features/fields/RecordPicker';
import { useType } from '@/features/records/meta';
import { Empty, Faces, Loading } from '@/ui/faces';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import css from './CasePage.module.css';
import { noWish, type Wish } from './request';
import { isAskable, useOpenFlows, useRequest } from './requesting';

const ApprovalRequest = lazy(() => import('./ApprovalRequest'));

type Props = { record?: { type: string; id: number }; onOpened: (kept: Case) => void; onClose: () => void };

/** Asks for an approval by hand: a flow, the record it is about, its form, and whom one chooses. */
export default function NewRequest({ record, onOpened, onClose }: Props) {
  const { t } = useTranslation('approvals');
  const name = useName();
  const flows = useOpenFlows(record?.type ?? null);
  const send = useRequest();
  const [key, setKey] = useState<string | null>(null);
  const [picked, setPicked] = useState<number | null>(null);
  const [title, setTitle] = useState('');
  const [wish, setWish] = useState<Wish>(noWish);
  const [busy, setBusy] = useState(false);
  const flow = flows.data?.find((one) => one.key === key);
  const about = useType(flow?.record_type ?? '');
  const recordId = record?.id ?? (flow?.record_type ? picked : null);
  const problem = problemOf(send.error);
  const submit = () => {
    if (!flow) return;
    send.mutate({ ...wish, flow: flow.key, record_type: flow.record_type || null, record_id: recordId, title }, { onSuccess: onOpened });
  };
  return (
    <Sheet
      title={t('request.new')}
      onClose={onClose}
      footer={
        <div className={css.footer}>
          <Button onClick={onClose}>{t('cancel', { ns: 'ui' })}</Button>
          <Button type="primary" loading={send.isPending} disabled={busy || !isAskable(flow, recordId)} onClick={submit}>
            {t('request.submit')}
          </Button>
        </div>
      }
    >
      <Faces query={flows} isEmpty={(list) => list.length === 0} empty={<Empty title={t('request.noFlow')} hint={t('request.noFlowHint')} />}>
        {(list) => (
          <div className={css.form}>
            <div className={css.field}>
              <span>{t('request.flow')}</span>
              <Select
                aria-label={t('request.flow')}
                placeholder={t('request.chooseFlow')}
                value={key}
                disabled={busy}
                options={list.map((one) => ({ value: one.key, label: name(one.name) }))}
                onChange={(next: string) => {
                  setKey(next);
                  setPicked(null);
                  setWish({ ...noWish, comment: wish.comment, files: wish.files });
                  send.reset();
                }}
              />
            </div>
            {flow?.record_type && !record && (
              <div className={css.field}>
                <span>{name(about?.name)}</span>
                <RecordPicker key={flow.key} label={name(about?.name)} type={flow.record_type} value={picked} onChange={setPicked} />
              </div>
            )}
            {flow && isAskable(flow, recordId) && (
              <>
                <label className={css.field}>
                  <span>{t('request.subject')}</span>
                  <Input value={title} maxLength={200} placeholder={t('request.subjectHint')} onChange={(event) => { setTitle(event.target.value); }} />
                </label>
                <Suspense fallback={<Loading rows={4} />}>
                  <ApprovalRequest key={flow.key} flow={flow.key} recordId={recordId} wish={wish} onChange={setWish} onBusy={setBusy} errors={problem?.errors ?? []} />
                </Suspense>
              </>
            )}
            {problem && (
              <p className={css.error} role="alert">
                {problem.message}
              </p>
            )}
          </div>
        )}
      </Faces>
    </Sheet>
  );
}

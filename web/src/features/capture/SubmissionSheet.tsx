import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import type { CaptureReason, SubmissionDetail } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { useTypes } from '@/features/records/meta';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import { useDiscard, useRetry, useSubmission } from './capture';
import css from './capture.module.css';

const USUAL = ['name', 'phone', 'email', 'wechat', 'company'];

/** Something that came: what was sent, why it waits; mend it and try again, or throw it away. */
export function SubmissionSheet({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation('capture');
  const found = useSubmission(id);
  return (
    <Sheet title={t('submission.title')} onClose={onClose} size={640}>
      <Faces query={found} rows={8}>
        {(row) => <Loaded row={row} onClose={onClose} />}
      </Faces>
    </Sheet>
  );
}

function Loaded({ row, onClose }: { row: SubmissionDetail; onClose: () => void }) {
  const { t } = useTranslation('capture');
  const name = useName();
  const say = useToast();
  const retry = useRetry(row.id);
  const discard = useDiscard(row.id);
  const fields = useTypes().find((type) => type.key === 'lead')?.fields ?? [];
  const given = row.values as Record<string, string>;
  const [values, setValues] = useState<Record<string, string>>(given);
  const [reasons, setReasons] = useState<CaptureReason[]>(row.reasons);
  const isWaiting = row.state === 'quarantined' || row.state === 'refused';
  const keys = [...new Set([...USUAL, ...Object.keys(given), ...row.reasons.map((one) => one.field)])].filter((key) => fields.some((field) => field.key === key));
  const failed = (error: unknown) => {
    say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
  };
  const run = (mended: Record<string, string> | null) => {
    retry.mutate(mended, {
      onSuccess: (told) => {
        setReasons(told.reasons);
        if (told.state !== 'quarantined') {
          say('ok', t(told.state === 'taken' ? 'submission.taken' : 'submission.attached'));
          onClose();
        }
      },
      onError: failed,
    });
  };
  return (
    <div className={css.form}>
      {row.lead && <Link to={recordPath('lead', row.lead.id)}>{row.lead.name}</Link>}
      {reasons.length > 0 && (
        <ul className={css.reasons} role="status">
          {reasons.map((one) => (
            <li key={`${one.field}-${one.code}`}>
              {one.field_name && <strong>{one.field_name}：</strong>}
              {one.message}
            </li>
          ))}
        </ul>
      )}
      {isWaiting ? (
        <>
          {keys.map((key) => (
            <label key={key}>
              <span>{name(fields.find((field) => field.key === key)?.name)}</span>
              <Input value={String(values[key] ?? '')} onChange={(event) => { setValues({ ...values, [key]: event.target.value }); }} />
            </label>
          ))}
          <div className={css.buttons}>
            <Button type="primary" loading={retry.isPending} onClick={() => { run(values); }}>{t('submission.retry')}</Button>
            {row.size > 0 && <Button onClick={() => { run(null); }}>{t('submission.again')}</Button>}
            <Button
              danger
              loading={discard.isPending}
              onClick={() => { discard.mutate(undefined, { onSuccess: onClose, onError: failed }); }}
            >
              {t('submission.discard')}
            </Button>
          </div>
        </>
      ) : (
        <dl className={css.values}>
          {Object.entries(given).map(([key, value]) => (
            <div key={key}>
              <dt>{name(fields.find((field) => field.key === key)?.name) || key}</dt>
              <dd>{String(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {row.size > 0 && (
        <details>
          <summary>{t('submission.body', { size: row.size })}</summary>
          <pre className={css.raw} tabIndex={0}>{row.body}</pre>
        </details>
      )}
    </div>
  );
}

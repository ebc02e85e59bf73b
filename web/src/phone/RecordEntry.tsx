import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { RecordDetail } from '@/api/types';
import { useMe } from '@/features/identity/session';
import css from './phone.module.css';

type Props = { type: string; record: RecordDetail };

/** Begins a follow-up of this very record. */
export function RecordEntry({ type, record }: Props) {
  const { t } = useTranslation('phone');
  const { id } = useMe();
  const go = useNavigate();
  const [busy, setBusy] = useState(false);
  const customer = type === 'customer' ? record.id : record.values['customer'];
  const begin = async () => {
    setBusy(true);
    const { beginFollowUp } = await import('./capture/begin');
    const about = typeof customer === 'number' ? { id: customer, name: type === 'customer' ? record.title : (record.labels['customer'] ?? record.title) } : null;
    const target = { record: { type, id: record.id, title: record.title }, stage: record.stage, customer: about };
    await go(`/followup/${await beginFollowUp(id, target)}`);
  };
  return (
    <button type="button" className={css.record} disabled={busy} onClick={() => void begin()}>
      {t('recordFollowUp')}
    </button>
  );
}

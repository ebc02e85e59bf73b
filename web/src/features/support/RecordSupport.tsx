import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useRecord } from '@/features/records/queries';
import { Sheet } from '@/ui/Sheet';
import { CaseForm } from './CaseForm';
import { CaseList } from './CaseList';
import css from './support.module.css';

type Props = { type: string; id: number; via?: 'screen' | 'phone' };

/** The support cases of a record, and asking for help with it. */
export default function RecordSupport({ type, id, via = 'screen' }: Props) {
  const { t } = useTranslation('support');
  const go = useNavigate();
  const record = useRecord(type, id).data;
  const [isAsking, setAsking] = useState(false);
  return (
    <div className={css.part}>
      {record && !record.deleted_at && (
        <div className={css.actions}>
          <button type="button" onClick={() => { setAsking(true); }}>
            {t('new')}
          </button>
        </div>
      )}
      <CaseList query={{ record_id: id, state: 'any' }} />
      {isAsking && record && (
        <Sheet title={t('new')} onClose={() => { setAsking(false); }}>
          <p className="muted">{record.title}</p>
          <CaseForm about={{ id, title: record.title }} via={via} onDone={(found) => void go(`/support/${found.id}`)} />
        </Sheet>
      )}
    </div>
  );
}

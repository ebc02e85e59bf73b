import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { PoolEntry, PoolRow } from '@/api/types';
import { FieldValue } from '@/features/fields/FieldValue';
import { PersonPicker } from '@/features/org/PersonPicker';
import { useType } from '@/features/records/meta';
import { Faces } from '@/ui/faces';
import { ClockBadge } from '@/features/sla/ClockBadge';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import { ClaimButton } from './ClaimButton';
import css from './Pool.module.css';
import { Stays } from './Stays';
import { asRecord, fieldsOf } from './entry';
import { useAssignOut, useStanding } from './pools';

function AssignOut({ entry, onDone }: { entry: PoolEntry; onDone: () => void }) {
  const { t } = useTranslation('pool');
  const say = useToast();
  const assign = useAssignOut(entry.record_type, entry.record_id);
  const [owner, setOwner] = useState<number | null>(null);
  return (
    <div className={css.assign}>
      <PersonPicker label={t('assignTo')} value={owner} onChange={setOwner} />
      <Button
        disabled={owner === null}
        loading={assign.isPending}
        onClick={() => {
          if (owner === null) return;
          assign.mutate(owner, {
            onSuccess: () => {
              say('ok', t('assigned'));
              onDone();
            },
            onError: (error) => {
              say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
            },
          });
        }}
      >
        {t('assign')}
      </Button>
    </div>
  );
}

/** A record in a pool: what is shown of it, why it is here, who had it before. */
export default function EntrySheet({ pool, entry, onClose }: { pool: PoolRow; entry: PoolEntry; onClose: () => void }) {
  const { t } = useTranslation('pool');
  const name = useName();
  const fields = fieldsOf(pool, useType(pool.record_type));
  const standing = useStanding(entry.record_type, entry.record_id);
  return (
    <Sheet title={entry.title} onClose={onClose} footer={<ClaimButton pool={pool} entry={entry} block onDone={onClose} />}>
      {entry.clock && (
        <p className={css.clock}>
          <ClockBadge clock={entry.clock} named />
        </p>
      )}
      <dl className={css.facts}>
        {fields.map((field) => (
          <div key={field.key}>
            <dt>{name(field.name)}</dt>
            <dd>
              <FieldValue field={field} record={asRecord(entry)} />
            </dd>
          </div>
        ))}
      </dl>
      {entry.masked.length > 0 && <p className="muted">{t('maskedHint')}</p>}
      <h2 className={css.heading}>{t('whyHere')}</h2>
      <p>{entry.why}</p>
      <h2 className={css.heading}>{t('whoHad')}</h2>
      <Faces query={standing} rows={3}>
        {(data) => (
          <>
            <Stays stays={data.stays} />
            {data.may_assign_out && <AssignOut entry={entry} onDone={onClose} />}
          </>
        )}
      </Faces>
    </Sheet>
  );
}

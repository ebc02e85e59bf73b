import { DeleteOutlined, EllipsisOutlined, LinkOutlined, SwapOutlined, UserSwitchOutlined } from '@ant-design/icons';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordDetail, TypeMeta } from '@/api/types';
import { Unowned } from '@/features/pool/Unowned';
import { StageTag } from '@/features/process/StageTag';
import { recordPath } from '@/features/records/address';
import { amountField, stageOf } from '@/features/records/meta';
import { useDeleteRecord, useRestoreRecord } from '@/features/records/queries';
import { RecordClockBadge } from '@/features/sla/RecordClockBadge';
import { Avatar } from '@/ui/Avatar';
import { useConfirm } from '@/ui/confirm';
import { dateTime } from '@/ui/format';
import { MenuButton } from '@/ui/MenuButton';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { FieldValue } from '@/features/fields/FieldValue';
import { OpeningMark } from './OpeningMark';
import css from './RecordHeader.module.css';
import { theseRecords } from './bulk';
import { titleText } from './columns';

const ConvertSheet = lazy(() => import('@/features/leads/ConvertSheet'));
const BulkDialog = lazy(() => import('./BulkDialog'));

type Props = { type: TypeMeta; record: RecordDetail; onDeleted: () => void; tools?: ReactNode };

/** Name, worth, stage, owner, and what can be done with the whole record. */
export function RecordHeader({ type, record, onDeleted, tools }: Props) {
  const { t } = useTranslation('desk');
  const name = useName();
  const say = useToast();
  const confirm = useConfirm();
  const remove = useDeleteRecord(type.key, record.id);
  const restore = useRestoreRecord(type.key, record.id);
  const [converting, setConverting] = useState(false);
  const [assigning, setAssigning] = useState(false);
  const amount = amountField(type);
  const stage = stageOf(type, record.stage);
  const askDelete = () => {
    confirm({
      title: t('record.deleteTitle', { title: titleText(record) }),
      text: t('record.deleteHint'),
      danger: true,
      run: async () => {
        await remove.mutateAsync();
        onDeleted();
      },
    });
  };
  const copyLink = () => {
    void navigator.clipboard.writeText(location.origin + recordPath(type.key, record.id)).then(() => {
      say('ok', t('copied', { ns: 'ui' }));
    });
  };
  const open = stage?.kind === 'open';
  const items = [
    ...(type.key === 'lead' && open && record.can.move
      ? [{ key: 'convert', icon: <SwapOutlined />, label: t('record.convert'), run: () => { setConverting(true); } }]
      : []),
    ...(record.can.assign
      ? [{ key: 'assign', icon: <UserSwitchOutlined />, label: t('record.assign'), run: () => { setAssigning(true); } }]
      : []),
    { key: 'link', icon: <LinkOutlined />, label: t('record.copyLink'), run: copyLink },
    ...(record.can.delete && !record.deleted_at
      ? [{ key: 'delete', icon: <DeleteOutlined />, danger: true, divider: true, label: t('record.delete'), run: askDelete }]
      : []),
  ];
  return (
    <header className={css.header}>
      <div className={css.names}>
        <div className={css.kind}>
          {name(type.name)} #{record.id}
          {record.process && ` · ${t('record.process', { name: name(record.process.name), version: record.process.version })}`}
        </div>
        <h1 className={css.title}>
          {titleText(record)} {record.stage && <StageTag stage={stage} />} <OpeningMark record={record} />
        </h1>
        {record.clock && !record.deleted_at && <RecordClockBadge named clock={record.clock} record={{ ...record, title: titleText(record) }} />}
      </div>
      <div className={css.facts}>
        {amount && (
          <span className={css.amount}>
            <FieldValue field={amount} record={record} plain />
          </span>
        )}
        {!record.owner && <Unowned type={type.key} />}
        {record.owner && (
          <span className="row">
            <Avatar name={record.owner.name} size={28} />
            <span>
              {record.owner.name}
              <small className={css.unit}>{record.unit?.name}</small>
            </span>
          </span>
        )}
        <span className="row">
          {tools}
          <MenuButton label={t('record.actions')} items={items}>
            <EllipsisOutlined />
          </MenuButton>
        </span>
      </div>
      {record.deleted_at && (
        <div className={css.deleted} role="status">
          {t('record.deletedBanner', { at: dateTime(record.deleted_at) })}
          <button
            type="button"
            className="plain"
            onClick={() => {
              restore.mutate(undefined, {
                onSuccess: () => {
                  say('ok', t('record.restored'));
                },
              });
            }}
          >
            {t('record.restore')}
          </button>
        </div>
      )}
      <Suspense fallback={null}>
        {converting && <ConvertSheet lead={record} onClose={() => { setConverting(false); }} />}
        {assigning && (
          <BulkDialog
            type={type}
            action="assign"
            target={theseRecords([record.id])}
            count={1}
            onClose={() => { setAssigning(false); }}
            onDone={(result) => {
              setAssigning(false);
              const refused = result.refused[0];
              if (refused) say('bad', refused.detail);
              else say('ok', t('done', { ns: 'ui' }));
            }}
          />
        )}
      </Suspense>
    </header>
  );
}

import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { RecordDetail, TypeMeta } from '@/api/types';
import { isConversion } from '@/features/leads/convert';
import { RecordPool } from '@/features/pool/RecordPool';
import { PathHeader } from '@/features/process/PathHeader';
import { placeOf } from '@/features/process/where';
import { useAddress } from '@/features/records/address';
import { stageOf } from '@/features/records/meta';
import { useRecord } from '@/features/records/queries';
import { Faces } from '@/ui/faces';
import { useExtras } from './extras';
import { KeyFields } from './KeyFields';
import { RecordHeader } from './RecordHeader';
import { RecordTabs, tabForPlace } from './RecordTabs';
import css from './RecordView.module.css';
import { StagePanel } from './StagePanel';

const MoveSheet = lazy(() => import('@/features/process/MoveSheet'));
const ConvertSheet = lazy(() => import('@/features/leads/ConvertSheet'));
const Comments = lazy(() => import('@/features/records/Comments'));

type Props = { type: TypeMeta; id: number; onDeleted: () => void; tools?: ReactNode };

/** One record whole: path and what is missing above, key fields, tabs, and the talk about it. */
export function RecordView({ type, id, onDeleted, tools }: Props) {
  const record = useRecord(type.key, id);
  return (
    <div className={css.view}>
      <Faces query={record} rows={14}>
        {(data) => <Loaded key={data.id} type={asPinned(type, data)} record={data} onDeleted={onDeleted} tools={tools} />}
      </Faces>
    </div>
  );
}

/** The type with the stages of the process version that this record runs through. */
function asPinned(type: TypeMeta, record: RecordDetail): TypeMeta {
  return record.process ? { ...type, stages: record.process.stages } : type;
}

function isOpen(type: TypeMeta, record: RecordDetail): boolean {
  return record.stage === null || stageOf(type, record.stage)?.kind === 'open';
}

function Loaded({ type, record, onDeleted, tools }: { type: TypeMeta; record: RecordDetail; onDeleted: () => void; tools?: ReactNode }) {
  const address = useAddress();
  const heads = useExtras(type).heads;
  const [moving, setMoving] = useState<string | null>(null);
  const go = (where: string) => {
    setMoving(null);
    address.set({ focus: where, tab: tabForPlace(placeOf(where)) });
  };
  const stay = () => {
    setMoving(null);
  };
  return (
    <>
      <RecordHeader type={type} record={record} onDeleted={onDeleted} tools={tools} />
      <Suspense fallback={null}>{heads.map(({ key, Part }) => <Part key={key} type={type.key} id={record.id} />)}</Suspense>
      <RecordPool type={type.key} id={record.id} isOwned={record.owner !== null} isClosed={record.deleted_at !== null || !isOpen(type, record)} />
      {record.path.length > 0 && !record.deleted_at && (
        <div className={css.process}>
          <PathHeader type={type} record={record} onMove={setMoving} />
          <StagePanel type={type} record={record} onMove={setMoving} onGo={go} />
        </div>
      )}
      <div className={css.body}>
        <KeyFields type={type} record={record} />
        <RecordTabs type={type} record={record} />
        <aside className={css.talk}>
          <Suspense fallback={null}>
            <Comments type={type.key} id={record.id} />
          </Suspense>
        </aside>
      </div>
      {moving && isConversion(type, moving) && (
        <Suspense fallback={null}>
          <ConvertSheet lead={record} onClose={stay} />
        </Suspense>
      )}
      {moving && !isConversion(type, moving) && (
        <Suspense fallback={null}>
          <MoveSheet
            type={type}
            id={record.id}
            toStage={moving}
            via="screen"
            onGo={go}
            onClose={stay}
          />
        </Suspense>
      )}
    </>
  );
}

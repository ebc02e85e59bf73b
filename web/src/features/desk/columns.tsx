import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldMeta, RecordItem, TypeMeta } from '@/api/types';
import { fieldText } from '@/features/fields/display';
import { FieldValue } from '@/features/fields/FieldValue';
import { Unowned } from '@/features/pool/Unowned';
import { StageTag } from '@/features/process/StageTag';
import { stageOf } from '@/features/records/meta';
import { GradeMark, isScored, ScoreMark } from '@/features/scoring/ScoreBadge';
import { RecordClockBadge } from '@/features/sla/RecordClockBadge';
import { Avatar } from '@/ui/Avatar';
import { ago, dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { AgeChip } from './AgeChip';

export type Column = {
  key: string;
  title: string;
  align?: 'right';
  sortable: boolean;
  width: number;
  draw: (record: RecordItem) => ReactNode;
};

const systemKeys = ['stage', 'days_in_stage', 'clock', 'owner', 'unit', 'last_activity_at', 'created_at', 'updated_at'] as const;
type SystemKey = (typeof systemKeys)[number];

function isSystem(key: string): key is SystemKey {
  return (systemKeys as readonly string[]).includes(key);
}

function widthOf(field: FieldMeta): number {
  if (field.type === 'money' || field.type === 'date') return 130;
  if (field.type === 'record' || field.type === 'long_text') return 200;
  return 150;
}

function moment(value: string | null): ReactNode {
  return <span title={dateTime(value)}>{ago(value)}</span>;
}

function Cell({ type, field, record }: { type: TypeMeta; field: FieldMeta; record: RecordItem }) {
  const { i18n } = useTranslation();
  if (isScored(type) && field.key === 'score') return <ScoreMark score={record.values['score']} />;
  if (isScored(type) && field.key === 'grade')
    return <GradeMark grade={record.values['grade']} text={fieldText(field, record, i18n.language, { yes: '', no: '' })} />;
  return <FieldValue field={field} record={record} />;
}

/** Every column that a record type can show: its fields and what each record knows of itself. */
export function useColumns(type: TypeMeta): Column[] {
  const { t } = useTranslation('desk');
  const name = useName();
  const system = (key: SystemKey): Column => {
    const draws: Record<SystemKey, (record: RecordItem) => ReactNode> = {
      stage: (record) => <StageTag stage={stageOf(type, record.stage)} />,
      days_in_stage: (record) => <AgeChip record={record} stage={stageOf(type, record.stage)} />,
      clock: (record) => record.clock && <RecordClockBadge clock={record.clock} record={{ ...record, title: titleText(record) }} />,
      owner: (record) =>
        !record.owner ? (
          <Unowned type={type.key} />
        ) : (
          <span className="row">
            <Avatar name={record.owner.name} size={20} />
            <span className="clip">{record.owner.name}</span>
          </span>
        ),
      unit: (record) => record.unit?.name,
      last_activity_at: (record) => moment(record.last_activity_at),
      created_at: (record) => moment(record.created_at),
      updated_at: (record) => moment(record.updated_at),
    };
    const sortable = key === 'created_at' || key === 'updated_at' || key === 'last_activity_at';
    return { key, title: t(`system.${key}`), sortable, width: key === 'unit' ? 150 : 120, draw: draws[key] };
  };
  const fields = type.fields
    .filter((field) => !isSystem(field.key))
    .map<Column>((field) => ({
      key: field.key,
      title: name(field.name),
      align: field.type === 'money' || field.type === 'number' ? 'right' : undefined,
      sortable: field.sortable,
      width: field.key === type.title_field ? 240 : widthOf(field),
      draw: (record) => <Cell type={type} field={field} record={record} />,
    }));
  const own = systemKeys.filter((key) => type.has_process || (key !== 'stage' && key !== 'days_in_stage'));
  const title = fields.filter((column) => column.key === type.title_field);
  return [...title, ...own.map(system), ...fields.filter((column) => column.key !== type.title_field)];
}

/** The columns that are shown, in order; the title is always the first. */
export function shownColumns(all: Column[], keys: string[], type: TypeMeta): Column[] {
  const wanted = [type.title_field, ...keys.filter((key) => key !== type.title_field && key !== 'title')];
  return wanted.map((key) => all.find((column) => column.key === key)).filter((column) => column !== undefined);
}

export function titleText(record: RecordItem): string {
  return record.title || `#${record.id}`;
}


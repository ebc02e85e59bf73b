import { useMemo } from 'react';
import type { RecordDetail } from '@/api/types';
import type { FileKind } from '@/features/files/FilesTab';
import { placeOf } from '@/features/process/where';
import { useMeta } from '@/features/records/meta';
import { useName } from '@/ui/names';

/** The kinds of documents by name; those that this record lacks stand first. */
export function useFileKinds(record: RecordDetail): { kinds: FileKind[]; wanted: string[] } {
  const name = useName();
  const known = useMeta().data?.document_kinds;
  return useMemo(() => {
    const missing = [...record.moves.flatMap((move) => move.missing), ...record.opening_missing];
    const places = missing.map((item) => placeOf(item.where)).filter((place) => place.part === 'files' && place.key);
    const wanted = [...new Set(places.map((place) => place.key))];
    return { kinds: (known ?? []).map((kind) => ({ key: kind.key, name: name(kind.name) })), wanted };
  }, [record, known, name]);
}

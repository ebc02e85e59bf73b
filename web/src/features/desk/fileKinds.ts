import { useMemo } from 'react';
import type { RecordDetail } from '@/api/types';
import type { FileKind } from '@/features/files/FilesTab';
import { useProcessVersion } from '@/features/process/definitions';
import { placeOf } from '@/features/process/where';
import { useName } from '@/ui/names';

/** The kinds of documents that a record's process asks for, those of its stage first. */
export function useFileKinds(record: RecordDetail): FileKind[] {
  const name = useName();
  const version = useProcessVersion(record.process?.key, record.process?.version).data;
  return useMemo(() => {
    const kinds = new Map<string, string>();
    const missing = [...record.moves.flatMap((move) => move.missing), ...record.opening_missing];
    for (const item of missing) {
      const place = placeOf(item.where);
      if (place.part === 'files' && place.key) kinds.set(place.key, name(item.name));
    }
    const stages = version?.stages ?? [];
    const here = stages.filter((stage) => stage.key === record.stage);
    for (const item of [...here, ...stages].flatMap((stage) => [...stage.entry, ...stage.exit])) {
      if (item.kind === 'document' && item.document && !kinds.has(item.document)) kinds.set(item.document, name(item.name));
    }
    return [...kinds].map(([key, label]) => ({ key, name: label }));
  }, [record, version, name]);
}

import type { TypeMeta } from '@/api/types';

export function ExportButton(props: { type: TypeMeta; filter: string; view: number | null }) {
  return props.view === -1 ? null : null;
}

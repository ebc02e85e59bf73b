import type { TypeMeta } from '@/api/types';
export function ExportButton(_props: { type: TypeMeta; filter: string; view: number | null }) { return null; }

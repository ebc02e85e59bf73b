import type { ExportWish, TypeMeta, View } from '@/api/types';
import type { RuleGroup } from '@/features/fields/conditions';
import type { ListQuery } from '@/features/records/queries';

/** The keys of a list's state in the address bar. */
export type ListState = {
  kind: 'table' | 'board';
  view: View | null;
  q: string;
  filter: string;
  sort: string;
  columns: string[];
  mine: boolean;
  deleted: boolean;
  stage: string;
  open: number | null;
};

/** The columns of a list that nobody has changed: stage, age and clock where there is a process, and the owner. */
export function usualColumns(type: TypeMeta): string[] {
  const fields = type.list_columns.filter((key) => key !== type.title_field);
  const [first, ...rest] = type.has_process ? [...fields.slice(0, 1), 'stage', 'days_in_stage', 'clock', ...fields.slice(1)] : fields;
  return [...(first ? [first] : []), ...rest, 'owner'];
}

type Read = (key: string) => string;

/** What the address says; where it is silent, the view, and then the record type. */
export function readState(get: Read, type: TypeMeta, views: View[]): ListState {
  const view = views.find((one) => String(one.id) === get('view')) ?? null;
  const own = get('cols').split(',').filter(Boolean);
  const fromView = view?.columns.map((column) => column.field) ?? [];
  const kind = get('kind') || view?.kind || 'table';
  return {
    kind: kind === 'board' && type.stages.length > 0 ? 'board' : 'table',
    view,
    q: get('q'),
    filter: get('filter'),
    sort: get('sort') || view?.sort || '',
    columns: own.length ? own : fromView.length ? fromView : usualColumns(type),
    mine: get('mine') === '1',
    deleted: get('deleted') === '1',
    stage: get('stage'),
    open: Number(get('open')) || null,
  };
}

/** What the server is asked for. */
export function listQuery(state: ListState): ListQuery {
  return {
    view: state.view?.id,
    q: state.q || undefined,
    filter: state.filter || undefined,
    sort: state.kind === 'table' ? state.sort || undefined : undefined,
    mine: state.mine || undefined,
    deleted: state.deleted || undefined,
    stage: state.stage || undefined,
  };
}

/** What a list shows, for those who take all of it: a file, a bulk change. */
export type ShownList = Pick<ExportWish, 'filter' | 'q' | 'sort' | 'stage' | 'mine' | 'view'>;

export function shownList(state: ListState): ShownList {
  return {
    filter: parseFilter(state.filter),
    q: state.q,
    sort: state.sort,
    stage: state.stage || null,
    mine: state.mine,
    view: state.view?.id ?? null,
  };
}

/** Reads a filter from its text; a broken one counts as none. */
export function parseFilter(text: string): RuleGroup | null {
  if (!text) return null;
  try {
    const value = JSON.parse(text) as RuleGroup;
    return Array.isArray(value.rules) ? value : null;
  } catch {
    return null;
  }
}

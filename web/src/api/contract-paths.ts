/* Temporary: endpoints in the form openapi-typescript gives them. */
import type * as T from './contract';

type Op<Out, Path = never, Query = never, Body = never> = {
  parameters: {
    query?: [Query] extends [never] ? never : Query;
    header?: never;
    cookie?: never;
  } & ([Path] extends [never] ? { path?: never } : { path: Path });
  requestBody: [Body] extends [never] ? undefined : { content: { 'application/json': Body } };
  responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': Out } } };
};
type OpNoBody<Out, Path = never, Query = never> = Omit<Op<Out, Path, Query>, 'requestBody'> & { requestBody?: never };
type Multipart<Out, Path, Body> = Omit<Op<Out, Path>, 'requestBody'> & {
  requestBody: { content: { 'multipart/form-data': Body } };
};
type RT = { record_type: string };
type RID = { record_type: string; record_id: number };
type ListQuery = {
  view?: number;
  filter?: string;
  q?: string;
  sort?: string;
  cursor?: string;
  limit?: number;
  stage?: string;
  mine?: boolean;
  deleted?: boolean;
};
type Values = Record<string, unknown>;
export type BulkBody = {
  ids: number[] | null;
  filter?: string | null;
  action: 'set' | 'assign' | 'move' | 'delete' | 'restore';
  values?: Values;
  owner?: number;
  to_stage?: string;
  reason?: string;
  outcome_reason?: string;
};
export type MoveBody = {
  to_stage: string;
  reason?: string | null;
  outcome_reason?: string | null;
  values?: Values;
  ticks?: string[];
  via: 'screen' | 'drag' | 'api';
};
export type ViewBody = Omit<T.View, 'id' | 'mine'>;

export interface paths {
  '/api/session': {
    get: OpNoBody<T.Session>;
    post: Op<T.Me, never, never, { username: string; password: string }>;
    delete: OpNoBody<undefined>;
  };
  '/api/session/password': { post: Op<undefined, never, never, { current: string; new: string }> };
  '/api/me': { patch: Op<T.Me, never, never, { locale?: string; theme?: string }> };
  '/api/meta': { get: OpNoBody<T.Meta> };
  '/api/records/{record_type}': {
    get: OpNoBody<T.RecordPage, RT, ListQuery>;
    post: Op<T.RecordDetail, RT, never, { values: Values }>;
  };
  '/api/records/{record_type}/board': { get: OpNoBody<T.Board, RT, ListQuery> };
  '/api/records/{record_type}/bulk': { post: Op<T.BulkResult, RT, never, BulkBody> };
  '/api/records/{record_type}/{record_id}': {
    get: OpNoBody<T.RecordDetail, RID>;
    patch: Op<T.RecordDetail, RID, never, { values: Values }>;
    delete: OpNoBody<undefined, RID>;
  };
  '/api/records/{record_type}/{record_id}/restore': { post: OpNoBody<T.RecordDetail, RID> };
  '/api/records/{record_type}/{record_id}/moves': { get: OpNoBody<T.Move[], RID> };
  '/api/records/{record_type}/{record_id}/move': { post: Op<T.RecordDetail, RID, never, MoveBody> };
  '/api/records/{record_type}/{record_id}/checklist': { get: OpNoBody<T.ChecklistItem[], RID> };
  '/api/records/{record_type}/{record_id}/checklist/{item}': {
    put: Op<undefined, RID & { item: string }, never, { ticked: boolean }>;
  };
  '/api/records/{record_type}/{record_id}/waiting': { post: Op<undefined, RID, never, { reason: string | null }> };
  '/api/records/{record_type}/{record_id}/exceptions': {
    post: Op<T.Exception, RID, never, { to_stage: string; reason: string }>;
  };
  '/api/exceptions': { get: OpNoBody<T.Exception[], never, { box: 'to_decide' | 'mine' | 'all' }> };
  '/api/exceptions/{exception_id}/decision': {
    post: Op<T.Exception, { exception_id: number }, never, { granted: boolean; note: string }>;
  };
  '/api/records/{record_type}/{record_id}/timeline': {
    get: OpNoBody<{ items: T.TimelineEntry[]; next_cursor: string | null }, RID, { cursor?: string; kinds?: string }>;
  };
  '/api/records/{record_type}/{record_id}/comments': {
    get: OpNoBody<T.Comment[], RID>;
    post: Op<T.Comment, RID, never, { text: string; mentions: number[] }>;
  };
  '/api/comments/{comment_id}': { delete: OpNoBody<undefined, { comment_id: number }> };
  '/api/records/{record_type}/{record_id}/files': {
    get: OpNoBody<T.FileItem[], RID>;
    post: Multipart<T.FileItem, RID, { file: string; kind: string }>;
  };
  '/api/files/{file_id}': { delete: OpNoBody<undefined, { file_id: number }> };
  '/api/records/{record_type}/{record_id}/related': { get: OpNoBody<T.RelatedGroup[], RID> };
  '/api/duplicates/{record_type}': {
    get: OpNoBody<T.Duplicate[], RT, { name?: string; phone?: string; credit_code?: string; email?: string }>;
  };
  '/api/leads/{lead_id}/convert': {
    post: Op<
      { customer_id: number; contact_id: number | null; deal_id: number | null },
      { lead_id: number },
      never,
      { customer_id?: number | null; customer?: Values | null; contact?: Values | null; deal?: Values | null }
    >;
  };
  '/api/search': { get: OpNoBody<T.SearchHit[], never, { q: string; type?: string; limit?: number }> };
  '/api/today': { get: OpNoBody<T.Today> };
  '/api/views': {
    get: OpNoBody<T.View[], never, { record_type: string }>;
    post: Op<T.View, never, never, ViewBody>;
  };
  '/api/views/{view_id}': {
    patch: Op<T.View, { view_id: number }, never, Partial<ViewBody>>;
    delete: OpNoBody<undefined, { view_id: number }>;
  };
  '/api/processes': { get: OpNoBody<T.ProcessSummary[]> };
  '/api/processes/{key}/versions/{number}': { get: OpNoBody<T.ProcessVersion, { key: string; number: number }> };
  '/api/people': { get: OpNoBody<(T.Ref & { unit?: T.Ref | null })[], never, { q?: string; limit?: number }> };
}

export type * from './contract';
export type { BulkBody, MoveBody, ViewBody } from './contract-paths';

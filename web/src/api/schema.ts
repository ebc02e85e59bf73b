export type { paths } from './contract-paths';

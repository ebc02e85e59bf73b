import type { MissingItem } from './types';

export type FieldError = { field: string; code: string; message: string };
export type Conflict = { field: string; yours: unknown; theirs: unknown };

/** What the server says when it refuses (RFC 9457), with the lists a screen can act on. */
export type Problem = {
  title: string;
  status: number;
  detail?: string | null;
  code: string;
  errors?: FieldError[] | null;
  missing?: MissingItem[] | null;
  conflict?: Conflict[] | null;
  [more: string]: unknown;
};

/** Thrown for every answer that is not a success; `status` 0 means that no answer came. */
export class ProblemError extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.name = 'ProblemError';
    this.status = problem.status;
    this.problem = problem;
  }

  get missing(): MissingItem[] {
    return this.problem.missing ?? [];
  }

  get errors(): FieldError[] {
    return this.problem.errors ?? [];
  }

  get conflict(): Conflict[] {
    return this.problem.conflict ?? [];
  }
}

/** The same error as a ProblemError, when it is one with this status. */
export function problemOf(error: unknown, status?: number): ProblemError | null {
  if (!(error instanceof ProblemError)) return null;
  return status === undefined || error.status === status ? error : null;
}

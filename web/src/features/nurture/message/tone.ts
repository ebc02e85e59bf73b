import type { NurtureMessage } from '@/api/types';

/** Whether a state is good news, a warning, or bad news. */
export function toneOf(state: NurtureMessage['state']): 'ok' | 'warn' | 'bad' | undefined {
  if (state === 'sent') return 'ok';
  if (state === 'skipped' || state === 'unknown') return 'warn';
  return state === 'failed' || state === 'dead' ? 'bad' : undefined;
}

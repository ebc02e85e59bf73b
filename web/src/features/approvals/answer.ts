import type { CaseAction, FileItem } from '@/api/types';
import type { Doing } from './cases';

/** What stands on the sheet of an action. */
export type Answer = {
  comment: string;
  form: Record<string, unknown>;
  files: FileItem[];
  person: number | null;
  place: 'before' | 'after';
  to_node: string | null;
};

/** Whether an action wants to be explained. */
export function mustSay(action: CaseAction): boolean {
  return action === 'refuse' || action === 'return';
}

export function isReady(action: CaseAction, answer: Answer): boolean {
  if (mustSay(action) && !answer.comment.trim()) return false;
  return !(action === 'transfer' || action === 'add_signer') || answer.person !== null;
}

/** What is sent for an action; null while something is lacking. */
export function doingOf(action: CaseAction, answer: Answer): Doing | null {
  if (!isReady(action, answer)) return null;
  const comment = answer.comment.trim();
  const { form, person, place, to_node } = answer;
  const files = answer.files.map((file) => file.id);
  switch (action) {
    case 'agree':
    case 'refuse':
      return { action, comment, form, files };
    case 'return':
      return { action, comment, form, files, to_node };
    case 'resubmit':
      return { action, comment, form, files };
    case 'transfer':
      return { action, comment, files, to: person ?? 0 };
    case 'add_signer':
      return { action, comment, files, person: person ?? 0, place };
    default:
      return { action, comment, files };
  }
}

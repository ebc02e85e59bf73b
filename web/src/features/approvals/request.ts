import type { FieldMeta, FileItem, FlowDetail } from '@/api/types';
import { definitionOf, type Definition } from './flow/definition';
import { formOperands } from './flow/operands';

/** What is said with a request for approval. */
export type Wish = { comment: string; chosen: Record<string, number[]>; form: Record<string, unknown>; files: FileItem[] };

export const noWish: Wish = { comment: '', chosen: {}, form: {}, files: [] };

/** A request as it is sent: its documents by their numbers. */
export function spoken(wish: Wish) {
  return { ...wish, comment: wish.comment.trim(), files: wish.files.map((file) => file.id) };
}

/** The lines of a flow's form that its requester fills, by their own keys. */
export function ownLines(flow: FlowDetail | undefined): FieldMeta[] {
  return flow?.current ? linesOf(definitionOf(flow.current)) : [];
}

/** The lines that a definition leaves to the requester. */
export function linesOf(definition: Definition): FieldMeta[] {
  const required = new Set((definition.form ?? []).filter((line) => line.required).map((line) => line.key));
  return formOperands(definition).map((field) => {
    const key = field.key.slice('form.'.length);
    return { ...field, key, required: required.has(key), access: 'edit' as const };
  });
}

/** The lines that say something: only those are tried before the form is whole. */
export function filled(form: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== null && value !== undefined && value !== ''));
}

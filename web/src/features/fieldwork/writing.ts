import { useMutation, useQueryClient } from '@tanstack/react-query';
import { body, client, ifMatch, newKey } from '@/api/client';
import type { FollowUp, FollowUpBody } from '@/api/types';
import { upload } from '@/api/upload';
import { followUpsKey } from './followups';

function useAsksAgain() {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: followUpsKey });
    void cache.invalidateQueries({ queryKey: ['record'] });
    void cache.invalidateQueries({ queryKey: ['today'] });
  };
}

/** Throws a draft away. */
export function useDropDraft() {
  const onSuccess = useAsksAgain();
  return useMutation({
    mutationFn: ({ id, version }: { id: number; version: number }) =>
      body(client.DELETE('/api/followups/{followup_id}', { params: { path: { followup_id: id } }, headers: ifMatch(version) })),
    onSuccess,
  });
}

type Recording = { report: FollowUpBody; continued: FollowUp | null };

/** Records a follow-up at a desk, completes a draft, or corrects one that counts by a new one; the same client id twice is one. */
export function useRecordFollowUp() {
  const onSuccess = useAsksAgain();
  return useMutation({
    mutationFn: ({ report, continued }: Recording) => {
      if (!continued) return body(client.POST('/api/followups', { body: report }));
      const params = { path: { followup_id: continued.id } };
      if (continued.state === 'counted') return body(client.POST('/api/followups/{followup_id}/corrections', { params, body: report }));
      return body(client.PATCH('/api/followups/{followup_id}', { params, headers: ifMatch(continued.version), body: report }));
    },
    onSuccess,
  });
}

type Judgement = { id: number; kind: string; verdict: 'open' | 'accepted' | 'confirmed'; note: string };

/** Says whether a doubt is harmless or true. */
export function useJudgeDoubt() {
  const onSuccess = useAsksAgain();
  return useMutation({
    mutationFn: ({ id, kind, verdict, note }: Judgement) =>
      body(client.POST('/api/followups/{followup_id}/doubts/{kind}', { params: { path: { followup_id: id, kind } }, body: { verdict, note } })),
    onSuccess,
  });
}

/** Sends a file under an id of its own, which a follow-up names afterwards. */
export async function sendFile(file: File, kind: string): Promise<{ client_id: string }> {
  const form = new FormData();
  const client_id = newKey();
  form.append('client_id', client_id);
  form.append('kind', kind);
  form.append('file', file);
  await upload('/api/followups/uploads', form);
  return { client_id };
}

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useMe } from '@/features/identity/session';
import { useMark } from './mark';

/** Sends what waits when the app is opened, and asks anew for what changed when something was sent. */
export function Flusher() {
  const { id } = useMe();
  const cache = useQueryClient();
  const { waiting } = useMark(id);
  const before = useRef(waiting);
  useEffect(() => {
    if (waiting > 0) void import('./outbox').then(({ outboxOf }) => outboxOf(id).flush());
  }, [id, waiting]);
  useEffect(() => {
    if (waiting < before.current) for (const key of ['followups', 'today', 'record', 'saleslog', 'support']) void cache.invalidateQueries({ queryKey: [key] });
    before.current = waiting;
  }, [waiting, cache]);
  return null;
}

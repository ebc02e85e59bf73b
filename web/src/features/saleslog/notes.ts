import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { newKey } from '@/api/client';
import { freshLog, momentOf, type LogKeeper, type NotedLog, type Pending } from './noted';

/** What somebody has noted of a day on this device and the server does not have; it survives a closed app and a lost network. */
export function useNotes(keeper: LogKeeper, day: string, today: string, onSent: () => void) {
  const { logs, status } = useSyncExternalStore(keeper.subscribe, keeper.snapshot);
  const [typed, setTyped] = useState<Record<string, Partial<Pending>>>({});
  const log: NotedLog = logs?.find((one) => one.day === day) ?? freshLog(day);
  const isWaiting = log.state === 'waiting';
  const before = useRef(isWaiting);
  const cache = useQueryClient();
  useEffect(() => void keeper.flush(), [keeper]);
  useEffect(() => {
    const isThrough = before.current && !isWaiting && log.state === 'writing' && log.events.length === 0;
    if (before.current && !isWaiting) for (const key of ['saleslog', 'support']) void cache.invalidateQueries({ queryKey: [key] });
    before.current = isWaiting;
    if (isThrough) onSent();
  }, [isWaiting, log.state, log.events.length, cache, onSent]);
  return {
    events: log.events.map((event) => ({ ...event, ...typed[event.client_id] })),
    problem: log.problem,
    isWaiting,
    status,
    add: (event: Omit<Pending, 'client_id'>) => keeper.note(day, { ...event, client_id: newKey(), at: momentOf(day, today), picture: null, kept: null, problem: null }),
    write: (id: string, change: Partial<Pending>) => {
      setTyped((all) => ({ ...all, [id]: { ...all[id], ...change } }));
      void keeper.rewrite(day, id, change);
    },
    drop: (id: string) => keeper.unnote(day, id),
    picture: (id: string, file: File | null) => keeper.picture(day, id, file),
    send: (closes: boolean) => keeper.confirm(day, closes),
  };
}

import { useState } from 'react';
import { newKey } from '@/api/client';
import type { Pending } from './queries';

type Notes = { client_id: string; events: Pending[] };

function read(key: string): Notes {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? '') as Notes;
    if (found.client_id && Array.isArray(found.events)) return found;
  } catch {
    // Nothing is noted, or what is there cannot be read.
  }
  return { client_id: newKey(), events: [] };
}

/** What somebody has noted of a day on this device and not sent yet; it survives a reload and a lost network. */
export function useNotes(user: number, day: string) {
  const key = `saleslog:${String(user)}:${day}`;
  const [notes, setNotes] = useState(() => read(key));
  const keep = (next: Notes) => {
    setNotes(next);
    if (next.events.length) localStorage.setItem(key, JSON.stringify(next));
    else localStorage.removeItem(key);
  };
  const set = (events: Pending[]) => { keep({ ...notes, events }); };
  return { clientId: notes.client_id, events: notes.events, set, clear: () => { keep({ client_id: newKey(), events: [] }); } };
}

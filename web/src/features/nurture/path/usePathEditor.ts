import { useEffect, useMemo, useReducer, useState } from 'react';
import { redo, startHistory, step, undo, type History } from '@/features/approvals/flow/history';
import type { Definition, Step } from './definition';
import type { Editing } from './editing';
import { newStep } from './newSteps';
import * as tree from './steps';

type Act = { type: 'undo' } | { type: 'redo' } | { type: 'set'; change: (definition: Definition) => Definition };

function reduce(history: History<Definition>, act: Act): History<Definition> {
  if (act.type === 'set') return step(history, act.change(history.present));
  return act.type === 'undo' ? undo(history) : redo(history);
}

/** The path under the hands of its writer: every change is a step that can be taken back. */
export function usePathEditor(first: Definition, onRemoved: (undo: () => void) => void) {
  const [history, dispatch] = useReducer(reduce, first, startHistory);
  const [opened, setOpened] = useState<string | null>(null);
  const [picked, setPicked] = useState<string | null>(null);
  const definition = history.present;
  const { steps } = definition;

  const hands = useMemo(() => {
    const set = (part: Partial<Definition>) => {
      dispatch({ type: 'set', change: (before) => ({ ...before, ...part }) });
    };
    const setSteps = (change: (before: Step[]) => Step[]) => {
      dispatch({
        type: 'set',
        change: (before) => {
          const after = change(before.steps);
          return after === before.steps ? before : { ...before, steps: after };
        },
      });
    };
    const back = () => {
      dispatch({ type: 'undo' });
    };
    const forth = () => {
      dispatch({ type: 'redo' });
    };
    return { set, setSteps, back, forth };
  }, []);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping = (event.target as HTMLElement).closest('input,textarea,select,[contenteditable],[role=dialog]');
      if (event.key === 'Escape') setPicked(null);
      if (isTyping || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) hands.forth();
      else hands.back();
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, [hands]);

  const act = useMemo<NonNullable<Editing['act']>>(
    () => ({
      open: setOpened,
      pick: setPicked,
      add(slot, kind) {
        const made = newStep(steps, kind);
        hands.setSteps((before) => tree.insert(before, slot, made));
        if (kind !== 'end') setOpened(made.key);
      },
      place(slot) {
        if (picked) hands.setSteps((before) => tree.move(before, picked, slot));
        setPicked(null);
      },
      shift(key, by) {
        hands.setSteps((before) => tree.shift(before, key, by));
      },
      duplicate(key) {
        hands.setSteps((before) => tree.duplicate(before, key));
      },
      remove(key) {
        hands.setSteps((before) => tree.remove(before, key));
        setOpened(null);
        onRemoved(hands.back);
      },
    }),
    [steps, picked, hands, onRemoved],
  );
  return {
    ...hands,
    definition,
    act,
    opened,
    picked,
    close() {
      setOpened(null);
    },
    undo: history.past.length > 0 ? hands.back : null,
    redo: history.future.length > 0 ? hands.forth : null,
  };
}

import { useCallback, useEffect, useMemo, useReducer, useState } from 'react';
import type { Definition, FlowNode } from './definition';
import type { Designing } from './designing';
import { redo, startHistory, step, undo, type History } from './history';
import { newBranch, newNode } from './newNode';
import * as tree from './tree';

type Act = { type: 'undo' } | { type: 'redo' } | { type: 'set'; definition: Definition };

function reduce(history: History<Definition>, act: Act): History<Definition> {
  if (act.type === 'set') return step(history, act.definition);
  return act.type === 'undo' ? undo(history) : redo(history);
}

/** The flow under the hands of its designer: every change is a step that can be taken back. */
export function useDesigner(first: Definition) {
  const [history, dispatch] = useReducer(reduce, first, startHistory);
  const [opened, setOpened] = useState<string | null>(null);
  const [picked, setPicked] = useState<string | null>(null);
  const definition = history.present;
  const nodes = definition.nodes;

  const set = useCallback(
    (change: Partial<Definition>) => {
      dispatch({ type: 'set', definition: { ...definition, ...change } });
    },
    [definition],
  );
  const setNodes = useCallback(
    (next: FlowNode[]) => {
      if (next !== nodes) set({ nodes: next });
    },
    [nodes, set],
  );
  const back = useCallback(() => {
    dispatch({ type: 'undo' });
  }, []);
  const forth = useCallback(() => {
    dispatch({ type: 'redo' });
  }, []);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping = (event.target as HTMLElement).closest('input,textarea,select,[contenteditable],[role=dialog]');
      if (event.key === 'Escape') setPicked(null);
      if (isTyping || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) forth();
      else back();
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, [back, forth]);

  const act = useMemo<NonNullable<Designing['act']>>(
    () => ({
      open: setOpened,
      pick: setPicked,
      add(slot, kind) {
        const node = newNode(nodes, kind);
        setNodes(tree.insert(nodes, slot, node));
        if (node.kind !== 'branch') setOpened(node.key);
      },
      place(slot) {
        if (picked) setNodes(tree.move(nodes, picked, slot));
        setPicked(null);
      },
      remove(key) {
        setNodes(tree.remove(nodes, key));
        setOpened(null);
      },
      duplicate(key) {
        const node = tree.nodeOf(nodes, key);
        const slot = tree.slotOf(nodes, key);
        if (!node || !slot) return;
        const fresh = tree.freshKey(tree.everyNode(nodes).map((one) => one.key), node.kind);
        setNodes(tree.insert(nodes, { ...slot, index: slot.index + 1 }, { ...node, key: fresh }));
      },
      addBranch(fork) {
        const node = tree.nodeOf(nodes, fork);
        if (node?.kind !== 'branch') return;
        const branch = newBranch(node.branches.map((one) => one.key));
        setNodes(tree.addBranch(nodes, fork, branch));
        setOpened(tree.addressOf(fork, branch.key));
      },
      removeBranch(address) {
        setNodes(tree.removeBranch(nodes, address));
        setOpened(null);
      },
      shiftBranch(address, by) {
        setNodes(tree.shiftBranch(nodes, address, by));
      },
    }),
    [nodes, picked, setNodes],
  );
  return {
    definition,
    set,
    setNodes,
    act,
    opened,
    picked,
    close() {
      setOpened(null);
    },
    undo: history.past.length > 0 ? back : null,
    redo: history.future.length > 0 ? forth : null,
  };
}

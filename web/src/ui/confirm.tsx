import { createContext, lazy, Suspense, useCallback, useContext, useState, type ReactNode } from 'react';

export type Question = {
  title: string;
  text?: ReactNode;
  danger?: boolean;
  ok?: string;
  run: () => unknown;
};

const Context = createContext<(question: Question) => void>(() => undefined);
const ConfirmDialog = lazy(() => import('./ConfirmDialog'));

/** Asks before something that cannot simply be undone. */
export function useConfirm(): (question: Question) => void {
  return useContext(Context);
}

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<Question | null>(null);
  const ask = useCallback((next: Question) => {
    setQuestion(next);
  }, []);
  return (
    <Context.Provider value={ask}>
      {children}
      {question && (
        <Suspense fallback={null}>
          <ConfirmDialog
            question={question}
            onClose={() => {
              setQuestion(null);
            }}
          />
        </Suspense>
      )}
    </Context.Provider>
  );
}

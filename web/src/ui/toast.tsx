import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react';
import css from './toast.module.css';

type Tone = 'ok' | 'bad' | 'info';
type Toast = { id: number; tone: Tone; text: string; action?: { label: string; run: () => void } };
type Say = (tone: Tone, text: string, action?: Toast['action']) => void;

const Context = createContext<Say>(() => undefined);

/** Says in one line at the top that something was done, or was not. */
export function useToast(): Say {
  return useContext(Context);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const next = useRef(0);
  const drop = useCallback((id: number) => {
    setToasts((list) => list.filter((toast) => toast.id !== id));
  }, []);
  const say = useCallback<Say>(
    (tone, text, action) => {
      const id = ++next.current;
      setToasts((list) => [...list.slice(-2), { id, tone, text, action }]);
      setTimeout(drop, tone === 'bad' || action ? 7000 : 3000, id);
    },
    [drop],
  );
  const value = useMemo(() => say, [say]);
  return (
    <Context.Provider value={value}>
      {children}
      <div className={css.stack} role="status" aria-live="polite">
        {toasts.map((toast) => (
          <div key={toast.id} className={css.toast} data-tone={toast.tone}>
            <span>{toast.text}</span>
            {toast.action && (
              <button
                type="button"
                className="plain"
                onClick={() => {
                  toast.action?.run();
                  drop(toast.id);
                }}
              >
                {toast.action.label}
              </button>
            )}
          </div>
        ))}
      </div>
    </Context.Provider>
  );
}

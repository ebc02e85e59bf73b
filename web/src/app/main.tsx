import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { whenSignedOut } from '@/api/client';
import { keys, newQueryClient } from '@/api/queries';
import { startLanguage } from '@/ui/i18n';
import { applyTheme } from '@/ui/theme';
import { ToastProvider } from '@/ui/toast';
import '@/ui/base.css';
import { App } from './App';
import { preload } from './preload';

const cache = newQueryClient();

whenSignedOut(() => {
  void cache.invalidateQueries({ queryKey: keys.session });
});
applyTheme();
preload(cache);

async function start(): Promise<void> {
  await startLanguage();
  const root = document.getElementById('root');
  if (!root) return;
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={cache}>
        <ToastProvider>
          <App />
        </ToastProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}

void start();

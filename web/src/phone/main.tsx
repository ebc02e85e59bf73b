import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { whenSignedOut } from '@/api/client';
import { keys, newQueryClient } from '@/api/queries';
import { startLanguage } from '@/ui/i18n';
import { applyTheme } from '@/ui/theme';
import { ToastProvider } from '@/ui/toast';
import '@/ui/base.css';
import { PhoneApp } from './PhoneApp';
import { keepAnswers, restoreAnswers } from './offline/answers';
import { watchAnswers } from './offline/online';

const cache = newQueryClient();
const patience_ms = 1500;
// Without network a query must fail and a write must say so, not wait in silence; what was kept is shown meanwhile.
const { queries } = cache.getDefaultOptions();
cache.setDefaultOptions({ queries: { ...queries, networkMode: 'always', refetchOnReconnect: true }, mutations: { retry: false, networkMode: 'always' } });
keepAnswers(cache);
watchAnswers(cache);

whenSignedOut(() => {
  void cache.invalidateQueries({ queryKey: keys.session });
});
applyTheme();

async function start(): Promise<void> {
  // A browser whose database does not open must not keep the page from opening.
  const patience = new Promise((resolve) => setTimeout(resolve, patience_ms));
  await Promise.all([startLanguage(), Promise.race([restoreAnswers(cache), patience])]);
  const root = document.getElementById('root');
  if (!root) return;
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={cache}>
        <ToastProvider>
          <PhoneApp />
        </ToastProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}

void start();

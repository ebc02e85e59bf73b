import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { startLanguage, type Language } from '@/ui/i18n';
import { ToastProvider } from '@/ui/toast';

/** Draws a part of a screen with everything around it that screens rely on. */
export async function draw(part: ReactNode, language: Language = 'zh-CN') {
  await startLanguage(language);
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <QueryClientProvider client={cache}>
      <ToastProvider>
        <MemoryRouter>{part}</MemoryRouter>
      </ToastProvider>
    </QueryClientProvider>,
  );
}

import { waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { useOwnLanguage } from '@/features/identity/session';
import { currentLanguage } from '@/ui/i18n';
import { draw } from './render';

function Screen() {
  useOwnLanguage();
  return null;
}

it('turns a device to the language that its person chose on another', async () => {
  const answer = { authenticated: true, user: { id: 7, locale: 'en-US' } };
  vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(JSON.stringify(answer), { headers: { 'Content-Type': 'application/json' } }))));
  await draw(<Screen />);
  expect(currentLanguage()).toBe('zh-CN');
  await waitFor(() => { expect(currentLanguage()).toBe('en-US'); });
});

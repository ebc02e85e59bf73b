import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ShellUpdate } from '@/phone/offline/ShellUpdate';
import { draw } from './render';

/** The browser's keeper of service workers, with a new one that the test installs. */
class Workers extends EventTarget {
  controller: object | null = {};
  readonly next = Object.assign(new EventTarget(), { state: 'installing', postMessage: vi.fn() });
  readonly registration = { waiting: null as object | null, installing: null as object | null, onupdatefound: null as (() => void) | null };
  readonly register = vi.fn(() => Promise.resolve(this.registration));
  install() {
    this.registration.installing = this.next;
    this.registration.onupdatefound?.();
    this.next.state = 'installed';
    this.next.dispatchEvent(new Event('statechange'));
  }
}

let workers: Workers;

beforeEach(() => {
  workers = new Workers();
  vi.stubEnv('PROD', true);
  vi.stubGlobal('navigator', { language: 'zh-CN', serviceWorker: workers });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

it('offers a newer version, and takes it only when told so', async () => {
  await draw(<ShellUpdate />);
  expect(workers.register).toHaveBeenCalledWith('/sw.js', { scope: '/m' });
  expect(screen.queryByRole('button', { name: '刷新' })).toBeNull();
  await act(async () => {
    await Promise.resolve();
    workers.install();
  });
  expect(workers.next.postMessage).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: '刷新' }));
  expect(workers.next.postMessage).toHaveBeenCalledWith('take-over');
});

it('says nothing at the first visit, where there is nothing older', async () => {
  workers.controller = null;
  await draw(<ShellUpdate />);
  await act(async () => {
    await Promise.resolve();
    workers.install();
  });
  expect(screen.queryByRole('button', { name: '刷新' })).toBeNull();
});

import { useSyncExternalStore } from 'react';

export type ThemeChoice = 'light' | 'dark' | 'system';

const remembered = 'closeloop.theme';
const systemDark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

export function themeChoice(): ThemeChoice {
  const value = localStorage.getItem(remembered);
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** Whether the screen is dark now. */
export function isDark(): boolean {
  const choice = themeChoice();
  return choice === 'system' ? systemDark.matches : choice === 'dark';
}

/** Puts the chosen theme on the page. */
export function applyTheme(choice: ThemeChoice = themeChoice()): void {
  localStorage.setItem(remembered, choice);
  const tone = isDark() ? 'dark' : 'light';
  document.documentElement.dataset['theme'] = tone;
  document.documentElement.dataset['prefersColorScheme'] = tone;
  listeners.forEach((listener) => {
    listener();
  });
}

function subscribe(listener: () => void): () => void {
  const onSystem = () => {
    applyTheme();
  };
  listeners.add(listener);
  systemDark.addEventListener('change', onSystem);
  return () => {
    listeners.delete(listener);
    systemDark.removeEventListener('change', onSystem);
  };
}

export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, isDark);
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, themeChoice);
}

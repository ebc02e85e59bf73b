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

// From the first moment on, not only once something is drawn: a change in between would be missed.
systemDark.addEventListener('change', () => {
  applyTheme();
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, isDark);
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, themeChoice);
}

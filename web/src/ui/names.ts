import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

type Name = Record<string, string | undefined> | null | undefined;

/** A name that travels in several languages, in the one that is read now. */
export function nameIn(name: Name, language: string): string {
  if (!name) return '';
  return name[language] || name['zh-CN'] || Object.values(name).find(Boolean) || '';
}

/** Gives names in the reader's language, and follows a change of it. */
export function useName(): (name: Name) => string {
  const { i18n } = useTranslation();
  const language = i18n.language;
  return useCallback((name: Name) => nameIn(name, language), [language]);
}

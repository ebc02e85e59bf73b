import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { late } from '@/locales/late';

export const languages = ['zh-CN', 'en-US'] as const;
export type Language = (typeof languages)[number];
type Words = Record<string, Record<string, unknown>>;

const remembered = 'closeloop.language';
const sources: Record<Language, () => Promise<{ default: Words }>> = {
  'zh-CN': () => import('@/locales/zh-CN'),
  'en-US': () => import('@/locales/en-US'),
};

function known(value: string | null | undefined): Language | null {
  if (!value) return null;
  return languages.find((language) => language.slice(0, 2) === value.slice(0, 2)) ?? null;
}

/** The language to begin with: the one chosen last, then the browser's, then Chinese. */
export function firstLanguage(): Language {
  return known(localStorage.getItem(remembered)) ?? known(navigator.language) ?? 'zh-CN';
}

const opened = new Set<string>();

async function load(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'ui')) {
    const words = (await sources[language]()).default;
    for (const [space, entries] of Object.entries(words)) i18next.addResourceBundle(language, space, entries);
  }
  await loadLate(language);
}

async function loadLate(language: Language): Promise<void> {
  const missing = [...opened].filter((space) => !i18next.hasResourceBundle(language, space));
  const found = await Promise.all(missing.map((space) => late[space]?.[language]()));
  missing.forEach((space, index) => i18next.addResourceBundle(language, space, found[index]?.default ?? {}));
}

/** A page that comes with texts of its own: drawn once both are there, in whatever language is read then. */
export async function withWords<T>(space: string, page: Promise<T>): Promise<T> {
  opened.add(space);
  await loadLate(currentLanguage());
  return page;
}

/** Prepares the texts of one language before the first screen is drawn. */
export async function startLanguage(language: Language = firstLanguage()): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh-CN',
    ns: ['ui'],
    defaultNS: 'ui',
    fallbackNS: 'ui',
    resources: {},
    partialBundledLanguages: true,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await changeLanguage(language);
}

/** Switches every text, and remembers the choice in this browser. */
export async function changeLanguage(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  localStorage.setItem(remembered, language);
  document.documentElement.lang = language;
}

export function currentLanguage(): Language {
  return known(i18next.language) ?? 'zh-CN';
}

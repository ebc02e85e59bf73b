import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import firstEnglish from '../src/locales/en-US';
import { late } from '../src/locales/late';
import firstChinese from '../src/locales/zh-CN';
import type { Language } from '../src/ui/i18n';

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, path = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${path}${key}`] : leaves(value, `${path}${key}.`),
  );
}

async function whole(first: object, language: Language): Promise<Tree> {
  const rest = await Promise.all(Object.entries(late).map(async ([space, texts]) => [space, (await texts[language]()).default] as const));
  return { ...first, ...Object.fromEntries(rest) } as Tree;
}

const english = await whole(firstEnglish, 'en-US');
const chinese = await whole(firstChinese, 'zh-CN');

/** English says one thing and many things differently, Chinese does not. */
function withoutSingulars(tree: Tree): Tree {
  return Object.fromEntries(
    Object.entries(tree)
      .filter(([key]) => !key.endsWith('_one'))
      .map(([key, value]) => [key, typeof value === 'string' ? value : withoutSingulars(value)]),
  );
}

const englishTree = withoutSingulars(english);

function files(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path, ending);
    return ending.test(entry.name) ? [path] : [];
  });
}

const sources = files('src', /\.tsx?$/).filter((path) => !/\.test\.|locales|generated/.test(path));
const known = new Set(Object.entries(chinese).flatMap(([space, tree]) => leaves(tree as Tree).map((key) => `${space}:${key}`)));

describe('locale files', () => {
  it('have the same keys in both languages', () => {
    expect(leaves(englishTree).sort()).toEqual(leaves(chinese).sort());
  });

  it('use the same placeholders in both languages', () => {
    const holes = (tree: Tree, path = ''): string[] =>
      Object.entries(tree).flatMap(([key, value]) =>
        typeof value === 'string'
          ? [`${path}${key}: ${[...new Set(value.match(/{{\w+}}/g) ?? [])].sort().join()}`]
          : holes(value, `${path}${key}.`),
      );
    expect(holes(englishTree).sort()).toEqual(holes(chinese).sort());
  });

  it('hold every key that a screen names outright', () => {
    const missing = sources.flatMap((path) => {
      const source = readFileSync(path, 'utf8');
      const spaces = [...source.matchAll(/(?:useTranslation\(|TFunction<)'(\w+)'/g)].map((found) => found[1] ?? '');
      return [...source.matchAll(/\bt\('([\w.]+)'(?:,\s*\{([^}]*)\})?/g)].flatMap((call) => {
        const named = /ns: '(\w+)'/.exec(call[2] ?? '')?.[1];
        const own = named ? [named] : [...spaces, 'ui'];
        return own.some((space) => known.has(`${space}:${call[1] ?? ''}`)) ? [] : [`${path}: ${own.join('|')}:${call[1] ?? ''}`];
      });
    });
    expect(missing).toEqual([]);
  });

  it('hold every Chinese word: none stands in the code of a screen', () => {
    const strip = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').replace(/[\u3000\u3400-\u9fff]-[\u9fff]/g, '');
    const found = sources.filter((path) => path.endsWith('.tsx') && /[\u4e00-\u9fff]/.test(strip(readFileSync(path, 'utf8'))));
    expect(found).toEqual([]);
  });
});

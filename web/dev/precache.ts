import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** What the walk needs to know of a built chunk. */
export type Chunk = {
  fileName: string;
  facadeModuleId: string | null;
  imports: readonly string[];
  dynamicImports: readonly string[];
  viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> };
};

/** The built files that an entry needs at once, and with them the pages that must open without network. */
export function neededFiles(chunks: ReadonlyMap<string, Chunk>, entry: RegExp, offline: readonly RegExp[]): string[] {
  const found = new Set<string>();
  const isOffline = (chunk: Chunk) => offline.some((pattern) => pattern.test(chunk.facadeModuleId ?? ''));
  const visit = (name: string) => {
    const chunk = chunks.get(name);
    if (!chunk || found.has(name)) return;
    found.add(name);
    chunk.viteMetadata?.importedCss.forEach((file) => found.add(file));
    chunk.viteMetadata?.importedAssets.forEach((file) => found.add(file));
    chunk.imports.forEach(visit);
    for (const later of chunk.dynamicImports) {
      const target = chunks.get(later);
      if (target && isOffline(target)) visit(later);
    }
  };
  for (const [name, chunk] of chunks) if (entry.test(chunk.facadeModuleId ?? '')) visit(name);
  return [...found].sort();
}

type Options = { entry: RegExp; offline: readonly RegExp[]; others: readonly string[] };

/** Writes the service worker of the phone's entry with the list of what it keeps. */
export function precache({ entry, offline, others }: Options): Plugin {
  return {
    name: 'closeloop-precache',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const chunks = new Map<string, Chunk>();
      for (const [name, output] of Object.entries(bundle)) if (output.type === 'chunk') chunks.set(name, output);
      const files = [...others, ...neededFiles(chunks, entry, offline).map((name) => `/${name}`)];
      const template = readFileSync(new URL('./worker.js', import.meta.url), 'utf8');
      const version = createHash('sha256').update(template).update(files.join()).digest('hex').slice(0, 12);
      const source = template.replace('__VERSION__', version).replace('__FILES__', JSON.stringify(files));
      this.emitFile({ type: 'asset', fileName: 'sw.js', source });
    },
  };
}

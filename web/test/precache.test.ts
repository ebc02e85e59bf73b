import { expect, it } from 'vitest';
import { neededFiles, type Chunk } from '../dev/precache.ts';

function chunk(fileName: string, module: string | null, more: Partial<Chunk> = {}): [string, Chunk] {
  return [fileName, { fileName, facadeModuleId: module, imports: [], dynamicImports: [], ...more }];
}

const css = (name: string) => ({ importedCss: new Set([name]), importedAssets: new Set<string>() });
const chunks = new Map([
  chunk('m.js', '/web/m.html', { imports: ['shared.js'], dynamicImports: ['today.js', 'pools.js'], viteMetadata: css('m.css') }),
  chunk('shared.js', null, { imports: ['m.js'] }),
  chunk('today.js', '/web/src/phone/PhoneToday.tsx', { imports: ['lists.js'], dynamicImports: ['chart.js'], viteMetadata: css('today.css') }),
  chunk('lists.js', null),
  chunk('pools.js', '/web/src/phone/PhonePools.tsx', { imports: ['antd.js'] }),
  chunk('antd.js', null),
  chunk('chart.js', '/web/src/ui/Chart.tsx'),
  chunk('index.js', '/web/index.html'),
]);

it('keeps the entry with its styles, and of the lazy pages those that must open without network', () => {
  expect(neededFiles(chunks, /m\.html$/, [/PhoneToday/])).toEqual(['lists.js', 'm.css', 'm.js', 'shared.js', 'today.css', 'today.js']);
});

it('keeps the entry alone when no page is named', () => {
  expect(neededFiles(chunks, /m\.html$/, [])).toEqual(['m.css', 'm.js', 'shared.js']);
});

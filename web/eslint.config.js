import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** The layers of the back end, lowest first; features on one line do not import each other. */
const layers = [
  ['identity'],
  ['org'],
  ['records'],
  ['fields', 'files', 'notices', 'tasks', 'privacy'],
  ['documents', 'behaviour', 'recognition', 'language'],
  ['sla'],
  ['pool'],
  ['approvals', 'routing', 'scoring'],
  ['process'],
  ['customers', 'products'],
  ['deals', 'leads'],
  ['desk'],
  ['fieldwork', 'playbooks'],
  ['transfer', 'integrations', 'capture', 'nurture', 'conversations', 'support', 'agenda', 'phonecheck'],
  ['saleslog', 'metrics'],
  ['designer'],
];

const parents = { group: ['../**'], message: 'Write @/… instead of a parent path.' };

function closed(names, why) {
  return names.map((name) => ({ group: [`@/features/${name}`, `@/features/${name}/**`], message: why }));
}

function boundary(files, patterns) {
  return { files, rules: { 'no-restricted-imports': ['error', { patterns: [parents, ...patterns] }] } };
}

const everyFeature = layers.flat();
const app = { group: ['@/app', '@/app/**', '@/phone/**'], message: 'Only an entry imports app.' };

const boundaries = layers.flatMap((row, depth) =>
  row.map((name) => {
    const above = layers.slice(depth + 1).flat();
    const beside = row.filter((other) => other !== name);
    return boundary(
      [`src/features/${name}/**`],
      [app, ...closed([...above, ...beside], `${name} may import only the features below it.`)],
    );
  }),
);

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/api/generated'] },
  ...tseslint.configs.strict,
  hooks.configs.flat['recommended-latest'] ?? hooks.configs['recommended-latest'],
  {
    files: ['**/*.{ts,tsx}'],
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-console': 'error',
    },
  },
  { files: ['dev/**', 'test/**'], rules: { 'max-lines': ['error', { max: 400, skipBlankLines: true }] } },
  boundary(['src/app/**', 'src/phone/**'], []),
  boundary(['src/ui/**'], [app, ...closed(everyFeature, 'ui imports no feature.')]),
  boundary(
    ['src/api/**'],
    [app, { group: ['@/ui/**'], message: 'api imports only itself.' }, ...closed(everyFeature, 'api imports no feature.')],
  ),
  ...boundaries,
);

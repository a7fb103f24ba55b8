import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Imports a room of the house must not make (docs/ARCHITECTURE.md, "Layers"). */
const forbid = (files, patterns, paths = []) => ({
  files,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns, paths }] },
});
const vscode = { name: 'vscode', message: 'This layer knows nothing of the editor.' };
const node = { group: ['node:*'], message: 'This code also runs in a browser.' };

export default tseslint.config(
  { ignores: ['**/node_modules', '**/dist', 'out', 'coverage', 'test/artefacts', '**/*.js', '**/*.cjs'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    plugins: { 'import-x': importX },
    languageOptions: {
      parserOptions: {
        project: [
          './tsconfig.json',
          './src/trace/tsconfig.json',
          './src/views/timeline/webview/tsconfig.json',
          './packages/strace-parser/tsconfig.json',
          './packages/strace-parser/src/node/tsconfig.json',
          './test/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    settings: { 'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-default-export': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  forbid(
    ['packages/**/src/**/*.ts'],
    [node, { group: ['**/src/trace/**', '**/src/views/**', '../../../*'] }],
    [vscode],
  ),
  forbid(
    ['packages/strace-parser/src/node/**/*.ts'],
    [{ group: ['**/src/trace/**', '**/src/views/**', '../../../../*'] }],
    [vscode],
  ),
  forbid(
    ['src/trace/**/*.ts'],
    [{ group: ['**/views/**', '**/session/**', '**/words/**'], message: 'The core does not know who looks at it.' }],
    [vscode],
  ),
  forbid(['src/words/**/*.ts', 'src/cli/**/*.ts'], [{ group: ['**/views/**', '**/session/**'] }], [vscode]),
  forbid(
    ['src/views/**/webview/**/*.ts'],
    [
      node,
      {
        regex: '^\\.\\./(?!(\\.\\./)*protocol\\.js$)(\\.\\./)+(?!protocol\\.js$)',
        message: 'Only protocol.ts and this folder.',
      },
    ],
    [vscode],
  ),
);

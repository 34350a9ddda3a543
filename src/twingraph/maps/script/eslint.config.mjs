// Rules for the page's script and its tests; `tools/check-page` runs them.
import js from '@eslint/js';
import jsdoc from 'eslint-plugin-jsdoc';
import globals from 'globals';

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2023, sourceType: 'module' },
    plugins: { jsdoc },
    rules: {
      'max-len': ['error', { code: 120 }],
      'max-lines': ['error', 400],
      'no-shadow': 'off',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always'],
      // Control characters and direction marks are what these patterns look for.
      'no-control-regex': 'off',
      'no-misleading-character-class': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Export by name: page.py resolves names only.' },
        { selector: 'ExportAllDeclaration', message: 'Export by name: page.py resolves names only.' },
        {
          selector: "ExportNamedDeclaration > VariableDeclaration[kind!='const']",
          message: 'Export constants and functions: page.py copies values.',
        },
        { selector: 'TemplateElement[value.raw=/\\n/]', message: 'page.py drops indents: end lines by \\n.' },
        { selector: 'ImportExpression', message: 'The page is one file: nothing is loaded later.' },
      ],
      'jsdoc/require-jsdoc': ['error', { publicOnly: true, require: { FunctionDeclaration: true } }],
      'jsdoc/require-param': ['error', { checkDestructured: false }],
      'jsdoc/require-param-type': 'error',
      'jsdoc/require-returns': 'error',
      'jsdoc/require-returns-type': 'error',
      'jsdoc/check-param-names': ['error', { checkDestructured: false }],
    },
  },
  { files: ['**/*.config.mjs'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['src/twingraph/maps/script/**/*.js'],
    languageOptions: { globals: { ...globals.browser, vis: 'readonly' } },
  },
  {
    // What node tests needs neither a document nor a window.
    files: ['src/twingraph/maps/script/logic/*.js'],
    languageOptions: { globals: { Intl: 'readonly', URL: 'readonly', URLSearchParams: 'readonly' } },
    rules: { 'no-restricted-globals': ['error', 'document', 'window', 'location', 'history', 'localStorage'] },
  },
  {
    files: ['tests/**/*.mjs'],
    languageOptions: { globals: { URL: 'readonly' } },
    rules: { 'jsdoc/require-jsdoc': 'off' },
  },
];

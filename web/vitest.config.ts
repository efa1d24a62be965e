import { defineConfig } from 'vitest/config';

// FOYER_TEST_REPORT names the JUnit file that the repository's test script counts.
const report = process.env.FOYER_TEST_REPORT;

export default defineConfig({
  resolve: { conditions: ['foyer-source', 'module', 'browser', 'development|production'] },
  test: {
    include: ['*/test/**/*.test.ts'],
    environment: 'node',
    pool: 'threads',
    maxWorkers: 1,
    reporters: report ? ['default', ['junit', { outputFile: report }]] : ['default'],
  },
});

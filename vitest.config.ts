import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// Kept apart from electron.vite.config.ts: its root is renderer/, and Vitest would adopt that.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // Real servers, browsers and key rings on two cores: generous, because nothing here measures time.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
    pool: 'forks',
    // One file at a time would leave two cores idle: many tests wait for a server, a resolver or a browser.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
})

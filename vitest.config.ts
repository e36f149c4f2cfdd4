import { defineConfig } from 'vitest/config'

// Kept apart from electron.vite.config.ts: its root is renderer/, and Vitest would adopt that.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
  },
})

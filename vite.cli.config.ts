import { builtinModules } from 'node:module'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const root = import.meta.dirname

// Native add-ons and packages that look for files beside themselves stay outside the bundle.
const external = [/^node:/, ...builtinModules, 'electron', 'electron-store', '@napi-rs/keyring']

export default defineConfig({
  ssr: { noExternal: true, external: ['electron', 'electron-store', '@napi-rs/keyring'] },
  build: {
    ssr: true,
    outDir: 'out/cli',
    emptyOutDir: true,
    target: 'node24',
    minify: true,
    rollupOptions: {
      input: resolve(root, 'electron/host/cli/main.ts'),
      external,
      output: {
        format: 'es',
        entryFileNames: 'main.js',
        chunkFileNames: '[name]-[hash].js',
        banner: '#!/usr/bin/env node',
      },
    },
  },
})

import { builtinModules } from 'node:module'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const root = import.meta.dirname

// Outside the bundle stay native add-ons, and packages whose order of loading a bundler does not keep: x509's
// dependency injection wants reflect-metadata evaluated before itself.
const packages = ['electron', 'electron-store', '@napi-rs/keyring', '@peculiar/x509', 'reflect-metadata']
const external = [/^node:/, ...builtinModules, ...packages]

export default defineConfig({
  ssr: { noExternal: true, external: packages },
  build: {
    ssr: true,
    outDir: 'out/cli',
    emptyOutDir: true,
    target: 'node24',
    minify: true,
    rollupOptions: {
      input: {
        main: resolve(root, 'electron/host/cli/main.ts'),
        // A thread of `domain --batch`.
        'domain-worker': resolve(root, 'electron/host/cli/domain-worker.ts'),
      },
      external,
      output: {
        format: 'es',
        codeSplitting: {
          groups: [
            // All that `--help` loads beside the entry itself.
            {
              name: 'start',
              test: /cli[\\/](args|commands|help|io)\.ts$|shared[\\/](escape|nearest)\.ts$/,
              priority: 2,
            },
            // With all that it imports: to open thirty files takes as long as many a server to answer.
            { name: 'serverinfo', test: /cli[\\/]serverinfo\.ts$/, priority: 1 },
          ],
        },
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        banner: '#!/usr/bin/env node',
      },
    },
  },
})

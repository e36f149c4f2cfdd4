import { z } from 'zod'

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** `HOST[:PORT]`; null asks the system's resolver. */
  resolver: z.string().max(300).nullable().default(null),
  /** PEM: what an encrypted resolver's certificate may be from, beside the system's CAs. An absolute path. */
  resolverCaFile: z.string().max(4096).nullable().default(null),
  /** For one attempt, in seconds. */
  timeoutSeconds: z.int().min(1).max(3600).default(60),
  /** The name said in EHLO where an account names none; null: this machine's own. */
  ehlo: z.string().max(255).nullable().default(null),
  lastPage: z.string().max(300).nullable().default(null),
  sidebarWidth: z.int().min(160).max(480).default(220),
  window: z
    .object({ x: z.int().nullable(), y: z.int().nullable(), width: z.int(), height: z.int(), maximized: z.boolean() })
    .nullable()
    .default(null),
})
export type Settings = z.infer<typeof Settings>

/** Absent keys stay as they are. */
export const SettingsChange = z.object({
  theme: z.enum(['system', 'light', 'dark']).optional(),
  resolver: z.string().max(300).nullable().optional(),
  resolverCaFile: z.string().max(4096).nullable().optional(),
  timeoutSeconds: z.int().min(1).max(3600).optional(),
  ehlo: z.string().max(255).nullable().optional(),
  lastPage: z.string().max(300).nullable().optional(),
  sidebarWidth: z.int().min(160).max(480).optional(),
})
export type SettingsChange = z.infer<typeof SettingsChange>

export const AppInfo = z.object({
  version: z.string(),
  door: z.enum(['window', 'web', 'cli']),
  platform: z.string(),
  /** Where a saved secret goes; `session`: there is no safe place, it is kept in memory until the program ends. */
  secretStore: z.object({ kind: z.enum(['keyring', 'session']), detail: z.string() }),
  /** A store file that could not be read was kept aside here. */
  storeProblem: z.object({ message: z.string(), keptAs: z.string() }).nullable(),
})
export type AppInfo = z.infer<typeof AppInfo>

export const StorageInfo = z.object({
  home: z.string(),
  files: z.array(z.object({ path: z.string(), what: z.string(), sizeBytes: z.int() })),
  secrets: z.array(z.object({ accountName: z.string(), where: z.string() })),
})
export type StorageInfo = z.infer<typeof StorageInfo>

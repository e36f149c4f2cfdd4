import { z } from 'zod'

/** Real files have a few kilobytes; 10,000 accounts have less than five megabytes. */
export const CONFIG_FILE_MAX_BYTES = 16 * 1024 * 1024

/** As base64, which is the one form in which every door carries any bytes. */
const FileBytes = z.string().max(Math.ceil(CONFIG_FILE_MAX_BYTES / 3) * 4)

/** Tells one content of a file from another; opaque to the page. */
const Stamp = z.string().max(100)

/** What msmtp looks at besides the text; null where the system knows no modes. */
export const ConfigFileFacts = z
  .object({
    /** Permission bits, as in 0o600. */
    mode: z.int(),
    ownedByUser: z.boolean(),
    userIsRoot: z.boolean(),
  })
  .nullable()
export type ConfigFileFacts = z.infer<typeof ConfigFileFacts>

/** A place where msmtp looks for a person's own file. */
export const ConfigFileTarget = z.object({
  path: z.string(),
  exists: z.boolean(),
  /** `0600`; null where there is no file, or no mode. */
  mode: z.string().nullable(),
  ownedByUser: z.boolean().nullable(),
})
export type ConfigFileTarget = z.infer<typeof ConfigFileTarget>

/** What msmtp would find around itself when this program's user runs it: what `resolveAccount` takes. */
export const MsmtpSurroundings = z.object({
  home: z.string(),
  user: z.string(),
  hostname: z.string(),
  canonicalHostname: z.string(),
  mailname: z.string().nullable(),
  email: z.string().nullable(),
  smtpServer: z.string().nullable(),
})
export type MsmtpSurroundings = z.infer<typeof MsmtpSurroundings>

export const ConfigFileTargets = z.object({
  /** The first one is what msmtp would read. */
  files: z.array(ConfigFileTarget),
  surroundings: MsmtpSurroundings,
})
export type ConfigFileTargets = z.infer<typeof ConfigFileTargets>

export const ConfigFilePath = z.string().min(1).max(4096)

export const ConfigFile = z.object({
  /** Without links: where saving writes to. */
  path: z.string(),
  bytes: FileBytes,
  stamp: Stamp,
  facts: ConfigFileFacts,
})
export type ConfigFile = z.infer<typeof ConfigFile>

export const ConfigFileSave = z.object({
  path: ConfigFilePath,
  bytes: FileBytes,
  /** The stamp of what was opened; null where no file is expected to be there. */
  expected: Stamp.nullable(),
})
export type ConfigFileSave = z.infer<typeof ConfigFileSave>

export const ConfigFileSaved = z.object({
  path: z.string(),
  /** Null when there was no file. */
  backup: z.string().nullable(),
  stamp: Stamp,
  facts: ConfigFileFacts,
})
export type ConfigFileSaved = z.infer<typeof ConfigFileSaved>
